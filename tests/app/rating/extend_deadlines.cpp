#include "plugin/app/rating/extend_deadlines.hpp"

#include "plugin/domain/ledger_entries.hpp"
#include "tests/support/memory_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

std::shared_ptr<const record::Rules> known_at(const record::Rules& rules, Day day) {
    auto older = rules;
    older.calendar = rules.calendar.known_at(day);
    return std::make_shared<const record::Rules>(std::move(older));
}

Completion completed(const std::string& case_no, Instant when) {
    auto event = Desk::completion(case_no);
    event.completed_at = when;
    return event;
}

std::optional<entries::DeadlineExtended> extension_in(MemoryDesk& desk) {
    const auto rows = desk.ask([&](ports::Snapshot& all) {
        return all.ledger().after(lane_of(desk.books->instance(), Chain::open), 0, 1000);
    });
    for (const auto& row : rows)
        if (const auto fact = fact_in(row.canonical); fact && std::holds_alternative<entries::DeadlineExtended>(*fact))
            return std::get<entries::DeadlineExtended>(*fact);
    return std::nullopt;
}

}  // namespace

SCENARIO("the notice of 2020-01-27 extends exactly the open windows it touches (E20)", "[calendar]") {
    MemoryDesk desk;
    const auto full = desk.rules->current();
    desk.rules->replace(known_at(*full, day_of(at(2020, 1, 26))));
    const auto before = completed("BEFORE", at(2020, 1, 10)), touched = completed("TOUCHED", at(2020, 1, 20)),
               rated = completed("RATED", at(2020, 1, 20));
    desk.clock.set(before.completed_at);
    desk.apply({before});
    desk.clock.set(touched.completed_at);
    desk.apply({touched, rated});
    CHECK(desk.view(touched).evaluation.deadline == at(2020, 2, 2, 0h));  // 21, 22, 23, 31 and the make-up Saturday
    desk.rate(rated, Level::satisfied, at(2020, 1, 21));
    const auto untouched = desk.view(before).evaluation.deadline;

    desk.rules->replace(full);
    desk.clock.set(at(2020, 1, 28));
    const auto extended = app::extend_deadlines(*desk.books, *full, 1);
    REQUIRE(extended.has_value());
    CHECK(extended->looked_at == 2);
    CHECK(extended->extended == 1);
    CHECK(desk.view(touched).evaluation.deadline == at(2020, 2, 5, 0h));  // the holiday runs to 02-02, no make-up day
    CHECK(desk.view(before).evaluation.deadline == untouched);
    CHECK(desk.view(rated).evaluation.deadline == at(2020, 2, 2, 0h));  // settled: stays

    THEN("log and ledger tell both calendars, and each evaluation names its own (E20)") {
        const auto older = desk.view(rated).evaluation.calendar_version;
        CHECK(older == known_at(*full, day_of(at(2020, 1, 26)))->calendar.version());
        CHECK(desk.view(touched).evaluation.calendar_version == full->calendar.version());
        CHECK(extension_in(desk) == entries::DeadlineExtended{desk.view(touched).evaluation.id, at(2020, 2, 2, 0h),
                                                              at(2020, 2, 5, 0h), older, full->calendar.version()});
        CHECK(desk.show->by_token(desk.token(rated), desk.clock.now()).value()->why.find(older) != std::string::npos);
        CHECK(desk.show->by_token(desk.token(touched), desk.clock.now()).value()->why.find(older) == std::string::npos);
    }
    THEN("once more changes nothing, and going back never shortens") {
        CHECK(app::extend_deadlines(*desk.books, *full, 100)->extended == 0);
        CHECK(app::extend_deadlines(*desk.books, *known_at(*full, day_of(at(2020, 1, 26))), 100)->extended == 0);
        CHECK(desk.view(touched).evaluation.deadline == at(2020, 2, 5, 0h));
    }
}

SCENARIO("days that were lost extend what is open, and make it provisional where they reach an unknown year (E50, E51)",
         "[calendar]") {
    MemoryDesk desk;
    const auto event = completed("C1", at(2026, 12, 23)), early = completed("C2", at(2026, 12, 20));
    for (const auto& one : {early, event}) {
        desk.clock.set(one.completed_at);
        desk.apply({one});
    }
    REQUIRE(desk.view(event).evaluation.deadline == at(2026, 12, 31, 0h));
    desk.rules->lose({day_of(at(2026, 12, 29)), day_of(at(2026, 12, 30))});
    REQUIRE(app::extend_deadlines(*desk.books, *desk.rules->current(), 10)->extended == 1);
    const auto extended = desk.view(event).evaluation;
    CHECK(extended.deadline > at(2027, 1, 1, 0h));
    CHECK(extended.provisional);
    CHECK(desk.settler->sweep(extended.deadline + 24h, 10)->defaulted == 1);  // the other
    CHECK(desk.view(event).evaluation.state == EvaluationState::open);
    const auto facts = desk.show->by_token(desk.token(event), desk.clock.now()).value();
    CHECK(facts->why.find("12-29—12-30 系统中断不计") != std::string::npos);
}

namespace {

// A bad review of 24 September 2026: to be contacted by the 28th's end, rectified by 9 October's.
struct BadReview : MemoryDesk {
    BadReview() {
        event = completed("C1", at(2026, 9, 24));
        clock.set(event.completed_at);
        apply({event});
        rate(event, Level::dissatisfied, clock.now(), "窗口无人，等候超过两个小时仍未办理。");
        REQUIRE(tickets().size() == 1);
        REQUIRE(tickets()[0].contact_deadline == at(2026, 9, 29, 0h));
        REQUIRE(tickets()[0].rectify_deadline == at(2026, 10, 10, 0h));
    }
    static Calendar closed_on(const Calendar& calendar, Day day) {
        std::vector<Notice> notices{calendar.notices().begin(), calendar.notices().end()};
        notices.push_back({Scope::centre, {}, day_of(at(2026, 9, 25)), {}, {}, {{day, day, false, "闭馆"}}});
        return Calendar{std::move(notices)};
    }
    // As if the closure of that day came into force at `since`.
    std::int64_t extended_by(Day day, Instant since) {
        auto closed = *rules->current();
        closed.calendar = closed_on(closed.calendar, day);
        const std::vector<CalendarSince> history{{rules->current()->calendar, at(2026, 1, 1)},
                                                 {closed.calendar, since}};
        return app::extend_tickets(*books, closed, foretold(closed.calendar, history), 1)->extended;
    }
    Completion event;
};

}  // namespace

SCENARIO("a local closure moves the departments' clocks only where it was activated beforehand (E21, E54)",
         "[calendar]") {
    BadReview desk;
    WHEN("it was activated the day before") {
        CHECK(desk.extended_by(day_of(at(2026, 9, 28)), at(2026, 9, 27, 23h)) == 1);
        CHECK(desk.tickets()[0].contact_deadline == at(2026, 9, 30, 0h));
        CHECK(desk.tickets()[0].rectify_deadline == at(2026, 10, 11, 0h));  // 10 October is a make-up day
        CHECK(desk.view(desk.event).evaluation.deadline == at(2026, 10, 10, 0h));
        THEN("once more, and a calendar without it, move nothing") {
            CHECK(desk.extended_by(day_of(at(2026, 9, 28)), at(2026, 9, 27, 23h)) == 0);
            CHECK(app::extend_tickets(*desk.books, *desk.rules->current(), desk.rules->current()->calendar, 10)
                      ->extended == 0);
            CHECK(desk.tickets()[0].contact_deadline == at(2026, 9, 30, 0h));
        }
    }
    WHEN("it was activated on its first day") {
        CHECK(desk.extended_by(day_of(at(2026, 9, 28)), at(2026, 9, 28, 0h)) == 0);
        CHECK(desk.tickets()[0].contact_deadline == at(2026, 9, 29, 0h));
    }
}
