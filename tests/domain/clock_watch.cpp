#include "plugin/domain/clock_watch.hpp"

#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace hcp::domain;
using namespace hcp::test;

namespace {

using Says = ClockWatch::Says;

constexpr auto year = std::chrono::days{365};
constexpr Instant noon = at(2026, 9, 24, 12h);
constexpr std::chrono::microseconds booted{40h};

// What is done to the wall clock while `passed` passes, and what is said of it then.
struct Step {
    std::chrono::microseconds passed, set_by;
    Says says;
};

// What is known at the start, relative to noon; the clock then shows noon.
struct Case {
    const char* name;
    std::optional<std::chrono::microseconds> newest, ahead_since;
    Says first;
    std::vector<Step> steps;
};

const Case cases[] = {
    {"it runs as it should", {}, {}, Says::right, {{1s, 0s, Says::right}, {30h, 0s, Says::right}}},
    {"it is set by no more than the limit",
     {},
     {},
     Says::right,
     {{1s, 10min, Says::right}, {1s, -10min, Says::right}, {1s, -10min, Says::right}}},
    {"it is set by more, and put back",
     {},
     {},
     Says::right,
     {{1s, 10min + 1us, Says::ahead}, {1h, 0s, Says::ahead}, {1s, -10min, Says::right}, {1s, 10min, Says::right}}},
    {"it jumps a year and is put back by an hour less, then right",
     {},
     {},
     Says::right,
     {{1s, year, Says::ahead}, {1s, 1h - year, Says::ahead}, {1s, -1h, Says::right}}},
    {"it is set back a year, and put right days later",
     {},
     {},
     Says::right,
     {{1s, -year, Says::behind}, {72h, 0s, Says::behind}, {1s, year, Says::right}}},
    {"it swings from one side to the other", {}, {}, Says::right, {{1s, 1h, Says::ahead}, {1s, -2h, Says::behind}}},
    {"it starts long after the newest instant that was believed", -year, {}, Says::right, {{1s, 0s, Says::right}}},
    {"it starts a little behind it", 10min, {}, Says::right, {{1s, 0s, Says::right}}},
    {"it starts behind it, and is put right",
     10min + 1us,
     {},
     Says::behind,
     {{1s, 0s, Says::behind}, {1s, 1h, Says::right}, {1s, -1h, Says::behind}}},
    {"it starts behind it, and what it is set to may be days later: nobody knows how long nothing ran",
     year,
     {},
     Says::behind,
     {{1s, year - 1h, Says::behind}, {1s, std::chrono::days{30}, Says::right}}},
    {"nobody has confirmed the jump before this start", -year, -1h, Says::ahead, {{1h, 0s, Says::ahead}}},
    {"that jump was put right before this start", -1h, year, Says::right, {{1s, 0s, Says::right}}},
    {"that jump is put right after this start",
     1h - year,
     -1h,
     Says::ahead,
     {{1s, 2h - year, Says::right}, {1s, -2h, Says::behind}}},
};

}  // namespace

SCENARIO("a clock that has jumped is not believed until it is back (E24)", "[clock]") {
    for (const auto& one : cases) {
        INFO(one.name);
        ClockWatch watch{10min};
        ClockWatch::Reading now{noon, booted};
        const auto then = [](const auto& offset) { return offset ? std::optional{noon + *offset} : std::nullopt; };
        watch.begin(now, then(one.newest), then(one.ahead_since));
        CHECK(watch.look(now) == one.first);
        int step = 0;
        for (const auto& [passed, set_by, says] : one.steps) {
            now = {now.wall + passed + set_by, now.boot + passed};
            INFO("step " << ++step);
            CHECK(watch.look(now) == says);
        }
    }
}

SCENARIO("slow corrections are followed, however far they lead in the end", "[clock]") {
    ClockWatch watch{10min};
    ClockWatch::Reading now{noon, booted};
    watch.begin(now, {}, {});
    for (int i = 0; i < 100; ++i) {
        now = {now.wall + 1s + 9min, now.boot + 1s};
        CHECK(watch.look(now) == Says::right);
    }
}

SCENARIO("a clock that is confirmed is believed as it is, and its next jump is not", "[clock]") {
    ClockWatch watch{10min};
    ClockWatch::Reading now{noon, booted};
    watch.begin(now, {}, {});
    REQUIRE(watch.look(now) == Says::right);
    now.wall += year;
    REQUIRE(watch.look(now) == Says::ahead);
    watch.confirm(now);
    CHECK(watch.look(now) == Says::right);
    now.wall -= year;
    CHECK(watch.look(now) == Says::behind);
}
