#include "plugin/domain/stopwatch.hpp"

#include "tests/domain/national_calendar.hpp"

#include <catch2/catch.hpp>

using namespace hcp::domain;
using namespace hcp::test;
using namespace std::chrono_literals;

namespace {

const OfficeHours office{{9h, 12h}, {13h + 30min, 17h}};

// 2026-09-24 is a Thursday; 09-25 to 09-27 is the Mid-Autumn Festival; 10-01 to 10-07 the National Day.
Instant on(int month, int day, std::chrono::minutes time) {
    return start_of(Day{std::chrono::local_days{std::chrono::year{2026} / month / day}}) + time;
}
Item promising(Promise promise, std::int32_t hours = 0, std::int32_t days = 0) {
    Item item;
    item.promise = promise;
    item.working_hours = hours;
    item.working_days = days;
    return item;
}
Stopwatch watch(const Item& item, Instant accepted, Instant completed) {
    return stopwatch(&item, {accepted, std::nullopt, completed}, national_calendar(), office);
}

}  // namespace

SCENARIO("time is used in office hours of working days alone (M6.1)", "[stopwatch]") {
    const auto used = [](Instant from, Instant to) { return office_time(from, to, national_calendar(), office); };
    CHECK(used(on(9, 24, 9h), on(9, 24, 12h)) == 3h);
    CHECK(used(on(9, 24, 11h), on(9, 24, 14h)) == 1h + 30min);
    CHECK(used(on(9, 24, 12h), on(9, 24, 13h)) == 0min);
    CHECK(used(on(9, 24, 0h), on(9, 25, 0h)) == 6h + 30min);
    CHECK(used(on(9, 24, 16h), on(9, 28, 10h)) == 2h);  // the festival between
    CHECK(used(on(9, 24, 10h), on(9, 24, 10h)) == 0min);
    CHECK(used(on(9, 24, 10h), on(9, 24, 9h)) == 0min);
}

SCENARIO("what was promised on the spot is over after the working day of its acceptance", "[stopwatch]") {
    const auto item = promising(Promise::on_the_spot);
    CHECK(watch(item, on(9, 24, 10h), on(9, 24, 16h)).over == false);
    CHECK(watch(item, on(9, 24, 10h), on(9, 25, 0h)).over == true);
    // Accepted on a holiday: the next working day.
    CHECK(watch(item, on(9, 26, 10h), on(9, 28, 16h)).over == false);
    CHECK(watch(item, on(9, 26, 10h), on(9, 29, 9h)).over == true);
}

SCENARIO("a number of working days ends at midnight, a number of hours in office hours", "[stopwatch]") {
    const auto two_days = promising(Promise::within, 0, 2);
    CHECK(watch(two_days, on(9, 24, 10h), on(9, 29, 23h)).over == false);  // 28th, 29th
    CHECK(watch(two_days, on(9, 24, 10h), on(9, 30, 0h)).over == true);
    const auto four_hours = promising(Promise::within, 4);
    const auto due = watch(four_hours, on(9, 24, 15h), on(9, 28, 10h));
    CHECK(due.due == on(9, 28, 11h));  // two hours are left on the 24th
    CHECK(due.over == false);
    CHECK(due.used == 3h);
    CHECK(watch(four_hours, on(9, 24, 15h), on(9, 28, 11h)).over == true);
}

SCENARIO("what the host promised of the case goes before the item, and what cannot be told is not told",
         "[stopwatch]") {
    const auto item = promising(Promise::once);
    const auto accepted = on(9, 24, 10h), completed = on(9, 24, 11h);
    CHECK_FALSE(watch(item, accepted, completed).over);
    CHECK(watch(item, accepted, completed).used == 1h);
    const auto with = [&](std::optional<Instant> from, Instant promised) {
        return stopwatch(&item, {from, promised, completed}, national_calendar(), office);
    };
    CHECK(with(accepted, completed).over == false);
    CHECK(with(std::nullopt, completed - 1us).over == true);
    CHECK_FALSE(with(std::nullopt, completed).used);
    const auto spot = promising(Promise::on_the_spot);
    CHECK_FALSE(stopwatch(&spot, {std::nullopt, std::nullopt, completed}, national_calendar(), office).over);
    CHECK_FALSE(watch(spot, completed + 1h, completed).over);  // accepted after it was done: a clock is wrong
    CHECK_FALSE(stopwatch(nullptr, {accepted, std::nullopt, completed}, national_calendar(), office).over);
    CHECK_FALSE(watch(promising(Promise::within), accepted, completed).over);
}

SCENARIO("a time that never comes ends the count", "[stopwatch]") {
    const auto never = promising(Promise::within, 2'000'000'000);
    CHECK_FALSE(watch(never, on(9, 24, 10h), on(9, 24, 11h)).over);
    CHECK(office_time(on(9, 24, 10h), instant_from_us(INT64_MAX / 2), national_calendar(), office) > 0min);
    CHECK(office_time(on(9, 24, 10h), on(9, 28, 10h), national_calendar(), {}) == 0min);
}
