#include "plugin/domain/evaluation.hpp"

#include "tests/domain/national_calendar.hpp"

using namespace hcp::domain;
using namespace std::chrono_literals;

namespace {

const Instant deadline = hcp::test::at("2026-10-20", 0us), withdrawn = deadline - 24h;

Standing in(EvaluationState state) {
    Standing standing;
    standing.state = state;
    standing.deadline = deadline;
    return standing;
}
Standing withdrawn_in(EvaluationState state) {
    auto standing = in(state);
    standing.withdrawn = state != EvaluationState::voided;
    standing.withdrawn_at = withdrawn;
    return standing;
}

}  // namespace

SCENARIO("what counts is when an answer was received, whenever it is written (E3)") {
    for (const auto now : {deadline - 1us, deadline, deadline + std::chrono::days{100}}) {
        CHECK(fate_of(in(EvaluationState::open), deadline - 1us, now) == AnswerFate::accepted);
        CHECK(fate_of(in(EvaluationState::open), deadline, now) == AnswerFate::late);
        CHECK(fate_of(in(EvaluationState::barred), deadline - 1us, now) == AnswerFate::barred);
        CHECK(fate_of(in(EvaluationState::rated), deadline - 1us, now) == AnswerFate::already_rated);
        auto same = in(EvaluationState::rated);
        same.same_request = true;
        CHECK(fate_of(same, deadline, now) == AnswerFate::repeated);
    }
}

SCENARIO("a default is final 24 hours after its deadline (E53)") {
    CHECK(fate_of(in(EvaluationState::defaulted), deadline - 1us, deadline + 24h - 1us) ==
          AnswerFate::replaces_default);
    CHECK(fate_of(in(EvaluationState::defaulted), deadline - 1us, deadline + 24h) == AnswerFate::late);
    CHECK(fate_of(in(EvaluationState::defaulted), deadline - 1us, deadline + std::chrono::days{100}) ==
          AnswerFate::late);
    CHECK(fate_of(in(EvaluationState::defaulted), deadline, deadline + 1us) == AnswerFate::late);
}

SCENARIO("an answer counts as long as nobody knows when the window ends (E50)") {
    auto standing = in(EvaluationState::open);
    standing.provisional = true;
    CHECK(fate_of(standing, deadline + std::chrono::days{9}, deadline + std::chrono::days{9}) == AnswerFate::accepted);
}

SCENARIO("an answer received before a withdrawal is kept, one received after it is a comment (E56)") {
    using S = EvaluationState;
    CHECK(fate_of(withdrawn_in(S::voided), withdrawn - 1us, withdrawn + 1h) == AnswerFate::accepted);
    CHECK(fate_of(withdrawn_in(S::voided), withdrawn, withdrawn + 1h) == AnswerFate::voided);
    CHECK(fate_of(withdrawn_in(S::rated), withdrawn - 1us, withdrawn + 1h) == AnswerFate::already_rated);
    CHECK(after(S::voided, EvaluationMove::rate_withdrawn) == S::rated);
    CHECK_FALSE(after(S::open, EvaluationMove::rate_withdrawn));

    // Over a default, within E53's 24 hours.
    auto over_default = withdrawn_in(S::defaulted);
    over_default.withdrawn_at = deadline + 2h;
    CHECK(fate_of(over_default, deadline - 1us, deadline + 24h - 1us) == AnswerFate::replaces_default);
    CHECK(fate_of(over_default, deadline - 1us, deadline + 24h) == AnswerFate::late);
    CHECK(fate_of(over_default, deadline + 3h, deadline + 4h) == AnswerFate::voided);
    // Where nobody knows when it was withdrawn, nothing was received before.
    auto unknown = withdrawn_in(S::voided);
    unknown.withdrawn_at.reset();
    CHECK(fate_of(unknown, withdrawn - 1us, withdrawn) == AnswerFate::voided);
}
