#include "tests/support/memory_desk.hpp"

using namespace hcp;
using namespace hcp::test;

SCENARIO("silence becomes a marked default once the deadline and the grace are over", "[settlement]") {
    MemoryDesk desk;
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

SCENARIO(
    "a draft never becomes a default: it becomes the answer, bare if it must be, marked as not submitted (E9, E55)",
    "[settlement]") {
    MemoryDesk desk;
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
    CHECK(view.rating->unsubmitted);
    CHECK(view.rating->received_at == tapped + 1min);
    CHECK(desk.figure(Metric::ticket_opened) == 1);
    CHECK_FALSE(view.draft);
}

SCENARIO("the deadlines of a bad review that was only drafted count from the sweep, when it became one (M14.3)",
         "[settlement]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    desk.rate(event, Level::very_dissatisfied, desk.clock.now(), "", {}, "d1", app::Intent::draft);
    desk.clock.set(desk.view(event).evaluation.deadline + 60s);  // Saturday 10-10, a working day
    REQUIRE(desk.settler->sweep(desk.clock.now(), 100)->from_drafts == 1);
    const auto tickets = desk.tickets();
    REQUIRE(tickets.size() == 1);
    const auto* ticket = &tickets.front();
    CHECK(ticket->evaluation_id == desk.view(event).evaluation.id);
    CHECK(ticket->received_at == desk.clock.now());
    CHECK(*ticket->contact_deadline > desk.clock.now());
    CHECK(*ticket->rectify_deadline > *ticket->contact_deadline);
}

SCENARIO("one subject whose key does not open holds nobody else up", "[settlement]") {
    MemoryDesk desk;
    const auto broken = Desk::completion("C1"), sound = Desk::completion("C2", {"91370000BBBBBBBB2X"});
    desk.apply({broken, sound});
    desk.rate(broken, Level::satisfied, desk.clock.now(), "窗口等候时间长", {}, "d1", app::Intent::draft);
    desk.lose_key(broken);
    const auto settled = desk.settler->sweep(at(2026, 12, 1), 100);
    REQUIRE(settled.has_value());
    CHECK(settled->defaulted == 1);
    CHECK(settled->unreadable == 1);
    CHECK_FALSE(settled->more);
    CHECK(desk.view(sound).evaluation.state == EvaluationState::defaulted);
    CHECK(desk.view(broken).evaluation.state == EvaluationState::open);

    // It stands in front of all that come due after it, and a batch of one reads past it.
    const auto next = Desk::completion("C3", {"91370000CCCCCCCC3X"});
    desk.apply({next});
    CHECK(desk.settler->sweep(at(2027, 2, 1), 1)->defaulted == 1);
    CHECK(desk.view(next).evaluation.state == EvaluationState::defaulted);
}

SCENARIO("a default says nothing that a subject's key would seal", "[settlement]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    desk.lose_key(event);
    CHECK(desk.settler->sweep(at(2026, 12, 1), 100)->defaulted == 1);
    CHECK(desk.view(event).evaluation.state == EvaluationState::defaulted);
}

SCENARIO("the sweep works in batches and says when there is more", "[settlement]") {
    MemoryDesk desk;
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

SCENARIO("what a clock that stood ahead has settled may be rated when it is right again, and is listed so (E3, E24)",
         "[settlement]") {
    MemoryDesk desk;
    const auto real = desk.clock.now();
    const auto event = Desk::completion("C1");
    desk.apply({event});
    desk.clock.set(real + std::chrono::days{365});
    REQUIRE(desk.settler->sweep(desk.clock.now(), 10)->defaulted == 1);
    const auto listed = [&] {
        const auto page =
            desk.show->unanswered_of_subject(SubjectType::legal, event.subjects[0].certificate_no, {}, real);
        REQUIRE(page.has_value());
        return page->evaluations;
    };
    desk.clock.set(real);
    REQUIRE(listed().size() == 1);
    CHECK(listed()[0].facts.state == EvaluationState::defaulted);
    CHECK(desk.rate(event, Level::satisfied, real).fate == AnswerFate::replaces_default);
    CHECK(desk.view(event).evaluation.state == EvaluationState::rated);
    CHECK(listed().empty());
}
