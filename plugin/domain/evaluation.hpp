#pragma once
#include "plugin/domain/time.hpp"
#include "plugin/domain/vocabulary.hpp"

#include <cstdint>
#include <optional>
#include <string>
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
                return std::nullopt;
        }
    }
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
    Instant first_tapped_at;  // the entrance's time of the first tap: it was in time when this was
};

// An answer as its author gave it.
struct Answer {
    Level level = Level::very_satisfied;
    std::vector<std::string> tags;  // province codes
    std::string text;
    Channel channel = Channel::portal;
    std::string request_key;  // same key, same content: same answer (E12)
    Instant received_at;      // captured at the entrance, before any queue or lock (E3)
};

// E37: its text as written; its reasons in the order of their codes, for whoever taps the same says the same. What is
// not well-formed stays as it is, to be refused.
[[nodiscard]] Answer normal(Answer answer);

// What becomes of an answer, decided by the state found and the received time alone.
enum class AnswerFate : std::int32_t {
    accepted,          // the evaluation is open and the answer in time
    replaces_default,  // in time, but the default was already written (E3)
    repeated,          // the same request again: the first answer stands and is shown (E12)
    already_rated,     // another answer stands (E12)
    late,              // becomes a comment linked to the case, never a level (E13)
    barred,
    voided,
};

[[nodiscard]] constexpr AnswerFate fate_of(EvaluationState state, bool withdrawn, Instant received, Instant deadline,
                                           bool same_request) noexcept {
    if (state == EvaluationState::rated) return same_request ? AnswerFate::repeated : AnswerFate::already_rated;
    if (state == EvaluationState::barred) return AnswerFate::barred;
    if (state == EvaluationState::voided || withdrawn) return AnswerFate::voided;
    if (received >= deadline) return AnswerFate::late;
    return state == EvaluationState::open ? AnswerFate::accepted : AnswerFate::replaces_default;
}

}  // namespace hcp::domain
