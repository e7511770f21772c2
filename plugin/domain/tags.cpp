#include "plugin/domain/tags.hpp"

#include "plugin/domain/text.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace hcp::domain {

bool is_tag_version(std::string_view text) noexcept {
    const auto [month, further] = parted(text, ".");
    if (month.size() != 7 || month[4] != '-' || !all_digits(month.substr(0, 4)) || !all_digits(month.substr(5)))
        return false;
    const auto number = *whole_number<int>(month.substr(5));
    if (number < 1 || number > 12) return false;
    return month.size() == text.size() || (further.size() == 1 && further.front() >= '2' && further.front() <= '9');
}

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
