#include "plugin/domain/policy.hpp"

#include "plugin/domain/outside_text.hpp"

#include <algorithm>
#include <utility>

namespace hcp::domain {

WindowTerms PolicyVersion::window(Mode mode) const {
    WindowTerms terms{{window_days, window_kind, anchor_online, deadline_end, close_of_business, false}, {}};
    if (mode == Mode::on_site) terms.on_site = on_site();
    return terms;
}

Term PolicyVersion::on_site() const {
    return {window_days, window_kind, anchor_on_site, deadline_end, close_of_business, true};
}

bool PolicyVersion::says_enough(Level level, std::size_t tags, std::string_view text) const {
    return !is_bad(level) || tags > 0 || std::cmp_greater_equal(visible_characters(text), bad_review_min_characters);
}

PolicyBook::PolicyBook(std::vector<PolicyVersion> versions) : versions_{std::move(versions)} {
    std::stable_sort(versions_.begin(), versions_.end(),
                     [](const auto& a, const auto& b) { return a.valid_from < b.valid_from; });
}

InForce PolicyBook::in_force(Instant completion) const& {
    const Day day = day_of(completion);
    const auto next = std::upper_bound(versions_.begin(), versions_.end(), day,
                                       [](Day d, const PolicyVersion& v) { return d < v.valid_from; });
    if (next == versions_.begin()) return {&versions_.front(), false, true};

    // Successors are followed by name; a chain is never longer than the book, so a circle ends too.
    const PolicyVersion* version = &*std::prev(next);
    for (std::size_t steps = 0; steps < versions_.size(); ++steps) {
        if (!version->valid_to || day < *version->valid_to) return {version, false, false};
        const auto* successor = find(version->successor);
        if (!successor) break;
        version = successor;
    }
    return {version, true, false};
}

const PolicyVersion* PolicyBook::find(std::string_view name) const noexcept {
    const auto it =
        std::find_if(versions_.begin(), versions_.end(), [&](const PolicyVersion& v) { return v.name == name; });
    return it == versions_.end() ? nullptr : &*it;
}

}  // namespace hcp::domain
