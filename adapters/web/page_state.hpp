#pragma once
#include "plugin/app/rating/show_evaluation.hpp"

#include <string>

namespace hcp::web {

// What the page of an evaluation is about just now.
enum class PageState {
    open,       // may be answered
    draft,      // a tap was saved; may be answered
    rated,      // the author's answer stands
    defaulted,  // nobody answered in time; only a comment is possible (E13)
    late,       // in time no more, though the default is not written yet; as above
    barred,     // E5
    voided,     // E17; only a comment is possible (E40)
};

[[nodiscard]] constexpr PageState page_state(const app::EvaluationFacts& facts) noexcept {
    using domain::EvaluationState;
    if (facts.state == EvaluationState::barred) return PageState::barred;
    if (facts.state == EvaluationState::rated) return PageState::rated;
    if (facts.state == EvaluationState::voided || facts.withdrawn) return PageState::voided;
    if (facts.may_be_rated()) return facts.draft ? PageState::draft : PageState::open;
    return facts.state == EvaluationState::defaulted ? PageState::defaulted : PageState::late;
}

[[nodiscard]] constexpr bool takes_answer(PageState state) noexcept {
    return state == PageState::open || state == PageState::draft;
}
[[nodiscard]] constexpr bool takes_comment(PageState state) noexcept {
    return state == PageState::defaulted || state == PageState::late || state == PageState::voided;
}
[[nodiscard]] std::string_view text_of(PageState state) noexcept;

// As clocks in Shanghai show it, whatever the machine's zone: “2026-09-24 15:20”.
[[nodiscard]] std::string shanghai_text(domain::Instant t);
// A day's end is 24:00 of that day, not 00:00 of the next: “2026-10-09 24:00”.
[[nodiscard]] std::string deadline_text(domain::Instant deadline);

}  // namespace hcp::web
