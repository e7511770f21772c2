#include "plugin/app/rating/extend_deadlines.hpp"

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

    THEN("once more changes nothing, and going back never shortens") {
        CHECK(app::extend_deadlines(*desk.books, *full, 100)->extended == 0);
        CHECK(app::extend_deadlines(*desk.books, *known_at(*full, day_of(at(2020, 1, 26))), 100)->extended == 0);
        CHECK(desk.view(touched).evaluation.deadline == at(2020, 2, 5, 0h));
    }
}
