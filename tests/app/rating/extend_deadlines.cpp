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
