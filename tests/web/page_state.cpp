#include "adapters/web/page_state.hpp"
#include "plugin/domain/day_text.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::web;
using namespace std::chrono_literals;
using domain::EvaluationState;

namespace {
app::EvaluationFacts facts(EvaluationState state, bool over = false, bool withdrawn = false, bool draft = false) {
    app::EvaluationFacts out;
    out.state = state;
    out.over = over;
    out.withdrawn = withdrawn;
    if (draft) out.draft.emplace();
    return out;
}
domain::Instant shanghai(std::string_view day, std::chrono::minutes time) {
    return domain::start_of(*domain::day_from(day)) + time;
}
}  // namespace

SCENARIO("a page is about the state of its evaluation", "[web]") {
    CHECK(page_state(facts(EvaluationState::open)) == PageState::open);
    CHECK(page_state(facts(EvaluationState::open, false, false, true)) == PageState::draft);
    CHECK(page_state(facts(EvaluationState::open, true)) == PageState::late);
    CHECK(page_state(facts(EvaluationState::open, true, false, true)) == PageState::late);
    CHECK(page_state(facts(EvaluationState::rated, true)) == PageState::rated);
    CHECK(page_state(facts(EvaluationState::rated, true, true)) == PageState::rated);
    CHECK(page_state(facts(EvaluationState::defaulted, true)) == PageState::defaulted);
    CHECK(page_state(facts(EvaluationState::defaulted, true, true)) == PageState::voided);
    // Settled too early, by a clock that has been put back since: the answer replaces the default (E3, E24).
    CHECK(page_state(facts(EvaluationState::defaulted)) == PageState::open);
    CHECK(page_state(facts(EvaluationState::voided, false, true)) == PageState::voided);
    CHECK(page_state(facts(EvaluationState::barred, true)) == PageState::barred);
}

SCENARIO("times are read in Shanghai, and a day ends at 24:00", "[web]") {
    CHECK(shanghai_text(shanghai("2026-09-24", 15h + 20min)) == "2026-09-24 15:20");
    CHECK(deadline_text(shanghai("2026-10-10", 0min)) == "2026-10-09 24:00");
    CHECK(deadline_text(shanghai("2027-01-01", 0min)) == "2026-12-31 24:00");
    CHECK(deadline_text(shanghai("2026-10-09", 17h)) == "2026-10-09 17:00");
}
