#pragma once
#include "plugin/domain/time.hpp"
#include "plugin/domain/vocabulary.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::domain {

enum class EvaluationState : std::int32_t { open = 1, rated = 2, defaulted = 3, voided = 4, barred = 5 };

// Nobody has answered it; until its deadline somebody may, also where a default stands already (E3).
[[nodiscard]] constexpr bool is_unanswered(EvaluationState state) noexcept {
    return state == EvaluationState::open || state == EvaluationState::defaulted;
}

// What can happen to an evaluation.
enum class EvaluationMove : std::int32_t {
    rate,               // a submitted answer, received before the deadline
    settle,             // the deadline and its grace have passed without one
    replace_by_timely,  // E3, E34: an answer received before the deadline reached us after the default was written
    withdraw,           // E17
    rate_withdrawn,     // E56: an answer received before the withdrawal reached us after it
    bar,                // E5
};

// The state after `move`, or nothing when the move is not allowed from `from`. A withdrawn RATED or DEFAULTED
// evaluation keeps its state and is marked (E17), so its figures can be left out without losing what was said.
[[nodiscard]] constexpr std::optional<EvaluationState> after(EvaluationState from, EvaluationMove move) noexcept {
    using S = EvaluationState;
    using M = EvaluationMove;
    if (from == S::open) {
        switch (move) {
            case M::rate:
                return S::rated;
            case M::settle:
                return S::defaulted;
            case M::withdraw:
                return S::voided;
            case M::bar:
                return S::barred;
            case M::replace_by_timely:
            case M::rate_withdrawn:
                return std::nullopt;
        }
    }
    if (from == S::voided && move == M::rate_withdrawn) return S::rated;
    if (from == S::defaulted && move == M::replace_by_timely) return S::rated;
    if ((from == S::rated || from == S::defaulted) && move == M::withdraw) return from;
    return std::nullopt;
}

// What was tapped so far (E9). Its level may change until it is submitted or the sweep makes it the answer.
struct Draft {
    Level level = Level::very_satisfied;
    std::vector<std::string> tags;
    std::string text;
    Channel channel = Channel::portal;
    Instant last_tapped_at;  // the entrance's time (E55): in time, or it would not have been kept
};

// What the author of an answer agrees to beyond it (E7): nothing by silence.
struct Consent {
    bool shown_to_rated = false;    // who is rated may see who rated
    bool may_be_contacted = false;  // about a bad review
    std::string phone;              // where; empty: at the number that came with the completion

    [[nodiscard]] bool any() const noexcept { return shown_to_rated || may_be_contacted || !phone.empty(); }
    friend bool operator==(const Consent&, const Consent&) = default;
};

// An answer as its author gave it.
struct Answer {
    std::optional<Level> level;     // only a comment may do without (E13)
    std::vector<std::string> tags;  // province codes
    std::string text;
    Channel channel = Channel::portal;
    std::string request_key;  // same key, same content: same answer (E12)
    Instant received_at;      // captured at the entrance, before any queue or lock (E3)
    Consent consent{};
};

// Digits, with the marks that people put between them: at home or abroad, 7 to 20 characters.
[[nodiscard]] bool is_phone_number(std::string_view text) noexcept;

// E37: its text as written; its reasons in the order of their codes, for whoever taps the same says the same. What is
// not well-formed stays as it is, to be refused. Where there is no bad review nobody need be called about it, and
// nothing is kept to do so.
[[nodiscard]] Answer normal(Answer answer);

// What becomes of an answer.
enum class AnswerFate : std::int32_t {
    accepted,          // the evaluation is open and the answer in time, or it was withdrawn only afterwards (E56)
    replaces_default,  // in time, but the default was already written (E3)
    repeated,          // the same request again: the first answer stands and is shown (E12)
    already_rated,     // another answer stands (E12)
    late,              // becomes a comment linked to the case, never a level (E13)
    barred,
    voided,  // withdrawn before: becomes a comment too
};

[[nodiscard]] constexpr bool becomes_rating(AnswerFate fate) noexcept {
    return fate == AnswerFate::accepted || fate == AnswerFate::replaces_default;
}
[[nodiscard]] constexpr bool becomes_comment(AnswerFate fate) noexcept {
    return fate == AnswerFate::late || fate == AnswerFate::voided;
}

// What an answer meets.
struct Standing {
    EvaluationState state = EvaluationState::open;
    bool withdrawn = false;  // rated or defaulted, and marked (E17)
    std::optional<Instant> withdrawn_at;
    Instant deadline;
    bool provisional = false;   // nobody knows yet when it ends (E50)
    bool same_request = false;  // as that of the answer that stands

    [[nodiscard]] constexpr bool is_withdrawn() const noexcept { return withdrawn || state == EvaluationState::voided; }
};

// E53: a default is final so long after its deadline, whatever still comes in.
inline constexpr std::chrono::hours longest_delay{24};

// Decided by what stands there and two times alone: when it was received at the entrance (E3), and now.
[[nodiscard]] constexpr AnswerFate fate_of(const Standing& on, Instant received, Instant now) noexcept {
    if (on.state == EvaluationState::rated) return on.same_request ? AnswerFate::repeated : AnswerFate::already_rated;
    if (on.state == EvaluationState::barred) return AnswerFate::barred;
    if (on.is_withdrawn() && !(on.withdrawn_at && received < *on.withdrawn_at)) return AnswerFate::voided;
    if (!on.provisional && received >= on.deadline) return AnswerFate::late;
    if (on.state != EvaluationState::defaulted) return AnswerFate::accepted;
    return now < on.deadline + longest_delay ? AnswerFate::replaces_default : AnswerFate::late;
}

}  // namespace hcp::domain
