#include "plugin/domain/tags.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace hcp::domain {

TagBook::TagBook(std::vector<Tag> tags) : tags_{std::move(tags)} {
    std::stable_sort(tags_.begin(), tags_.end(), [](const Tag& a, const Tag& b) {
        return std::tie(b.version, b.level) < std::tie(a.version, a.level);
    });
}

std::string_view TagBook::version() const noexcept {
    return tags_.empty() ? std::string_view{} : tags_.front().version;
}

std::span<const Tag> TagBook::offered(Level level) const noexcept {
    const auto belongs = [&](const Tag& t) { return t.version == version() && t.level == level; };
    const auto first = std::find_if(tags_.begin(), tags_.end(), belongs);
    return {first, std::find_if_not(first, tags_.end(), belongs)};
}

const Tag* TagBook::find(std::string_view code) const noexcept {
    const auto it = std::find_if(tags_.begin(), tags_.end(), [&](const Tag& t) { return t.code == code; });
    return it == tags_.end() ? nullptr : &*it;
}

const Tag* TagBook::find(std::string_view version, std::string_view code) const noexcept {
    const auto it =
        std::find_if(tags_.begin(), tags_.end(), [&](const Tag& t) { return t.version == version && t.code == code; });
    return it == tags_.end() ? nullptr : &*it;
}

std::optional<TagFault> TagBook::check(Level level, std::span<const std::string> codes) const {
    for (auto code = codes.begin(); code != codes.end(); ++code) {
        const Tag* tag = find(*code);
        if (!tag) return TagFault{*code, TagProblem::unknown};
        if (tag->version != version()) return TagFault{*code, TagProblem::retired};
        if (tag->level != level) return TagFault{*code, TagProblem::other_level};
        if (std::find(codes.begin(), code, *code) != code) return TagFault{*code, TagProblem::repeated};
    }
    return std::nullopt;
}

}  // namespace hcp::domain
