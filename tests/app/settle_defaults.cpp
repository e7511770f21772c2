#include "tests/app/desk.hpp"

using namespace hcp;
using namespace hcp::test;

SCENARIO("silence becomes a marked default once the deadline and the grace are over", "[settlement]") {
    Desk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    const auto deadline = desk.view(event).evaluation.deadline;
    WHEN("the sweep runs one microsecond before the grace ends") {
        CHECK(desk.settler->sweep(deadline + 60s - 1us, 100)->defaulted == 0);
        CHECK(desk.view(event).evaluation.state == EvaluationState::open);
    }
    WHEN("it runs at that instant, twice") {
        CHECK(desk.settler->sweep(deadline + 60s, 100)->defaulted == 1);
        CHECK(desk.settler->sweep(deadline + 60s, 100)->defaulted == 0);
        const auto view = desk.view(event);
        CHECK(view.evaluation.state == EvaluationState::defaulted);
        REQUIRE(view.rating);
        CHECK(view.rating->origin == Origin::by_default);
        CHECK(view.rating->level == Level::very_satisfied);
        CHECK(view.rating->tags.empty());
        CHECK(desk.figure(Metric::default_5) == 1);
        CHECK(desk.figure(Metric::authored_5) == 0);
        const auto owed = desk.deliveries();
        CHECK(std::count_if(owed.begin(), owed.end(),
                            [](auto& one) { return one.delivery.held_reason == HeldReason::unmarked_default; }) == 1);
    }
}

SCENARIO("a draft never becomes a default: it becomes the answer, bare if it must be (E9)", "[settlement]") {
    Desk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    const auto tapped = desk.clock.now();
    CHECK(desk.rate(event, Level::satisfied, tapped, "", {}, "d1", app::Intent::draft).kind ==
          app::RatingReply::Kind::drafted);
    CHECK(desk.rate(event, Level::very_dissatisfied, tapped + 1min, "", {}, "d2", app::Intent::draft).kind ==
          app::RatingReply::Kind::drafted);
    const auto settled = desk.settler->sweep(desk.view(event).evaluation.deadline + 60s, 100);
    REQUIRE(settled.has_value());
    CHECK(settled->defaulted == 0);
    CHECK(settled->from_drafts == 1);
    const auto view = desk.view(event);
    CHECK(view.evaluation.state == EvaluationState::rated);
    REQUIRE(view.rating);
    CHECK(view.rating->origin == Origin::authored);
    CHECK(view.rating->level == Level::very_dissatisfied);
    CHECK(view.rating->incomplete);
    CHECK(view.rating->received_at == tapped);
    CHECK(desk.figure(Metric::ticket_opened) == 1);
    CHECK_FALSE(view.draft);
}

SCENARIO("the sweep works in batches and says when there is more", "[settlement]") {
    Desk desk;
    std::vector<Event> events;
    for (int i = 0; i < 25; ++i) events.emplace_back(Desk::completion("C" + std::to_string(i)));
    desk.apply(events);
    const auto now = at(2026, 12, 1);
    CHECK(desk.settler->sweep(now, 10)->more);
    CHECK(desk.settler->sweep(now, 10)->defaulted == 10);
    const auto last = desk.settler->sweep(now, 10);
    CHECK(last->defaulted == 5);
    CHECK_FALSE(last->more);
}
