#include "plugin/domain/daily.hpp"

#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

using namespace hcp::domain;
using namespace hcp::test;

SCENARIO("the first call only begins to wait, also at the very minute", "[daily]") {
    for (const auto now : {at(2026, 9, 24, 0h), at(2026, 9, 24, 2h + 30min), at(2026, 9, 24, 23h)}) {
        Daily daily{150min};
        CHECK_FALSE(daily.has_come(now));
        CHECK_FALSE(daily.has_come(now));
    }
}

SCENARIO("it comes at its minute in Shanghai, and not a microsecond before", "[daily]") {
    Daily daily{150min};
    CHECK_FALSE(daily.has_come(at(2026, 9, 24, 1h)));
    CHECK_FALSE(daily.has_come(at(2026, 9, 24, 2h + 30min - 1us)));
    CHECK(daily.has_come(at(2026, 9, 24, 2h + 30min)));
    THEN("once a day") {
        CHECK_FALSE(daily.has_come(at(2026, 9, 24, 2h + 30min)));
        CHECK_FALSE(daily.has_come(at(2026, 9, 25, 2h + 30min - 1us)));
        CHECK(daily.has_come(at(2026, 9, 25, 2h + 30min)));
    }
}

SCENARIO("one that begins to wait at its minute waits for the next day's", "[daily]") {
    Daily daily{150min};
    daily.has_come(at(2026, 9, 24, 2h + 30min));
    CHECK_FALSE(daily.has_come(at(2026, 9, 25, 2h + 30min - 1us)));
    CHECK(daily.has_come(at(2026, 9, 25, 2h + 30min)));
}

SCENARIO("midnight belongs to the day that begins, and the last minute to the one that ends", "[daily]") {
    Daily first{0min}, last{24h - 1min};
    CHECK_FALSE(first.has_come(at(2026, 12, 31, 12h)));
    CHECK_FALSE(last.has_come(at(2026, 12, 31, 12h)));
    CHECK_FALSE(first.has_come(at(2026, 12, 31, 24h - 1us)));
    CHECK_FALSE(last.has_come(at(2026, 12, 31, 24h - 1min - 1us)));
    CHECK(last.has_come(at(2026, 12, 31, 24h - 1min)));
    CHECK(first.has_come(at(2027, 1, 1, 0h)));
}

SCENARIO("a clock that jumps over several days makes it come once, then at its minute again", "[daily]") {
    Daily daily{150min};
    daily.has_come(at(2026, 9, 24, 1h));
    CHECK(daily.has_come(at(2026, 9, 29, 15h)));
    CHECK_FALSE(daily.has_come(at(2026, 9, 29, 16h)));
    CHECK_FALSE(daily.has_come(at(2026, 9, 30, 2h + 30min - 1us)));
    CHECK(daily.has_come(at(2026, 9, 30, 2h + 30min)));
}

SCENARIO("a clock that is set back does not make it come again for a day on which it came", "[daily]") {
    Daily daily{150min};
    daily.has_come(at(2026, 9, 24, 1h));
    CHECK(daily.has_come(at(2026, 9, 24, 3h)));
    CHECK_FALSE(daily.has_come(at(2026, 9, 24, 1h)));
    CHECK_FALSE(daily.has_come(at(2026, 9, 24, 2h + 30min)));
    CHECK(daily.has_come(at(2026, 9, 25, 2h + 30min)));
}

SCENARIO("a clock that is set back before it came makes it come at the minute it waits for", "[daily]") {
    Daily daily{150min};
    daily.has_come(at(2026, 9, 24, 1h));
    CHECK_FALSE(daily.has_come(at(2026, 9, 23, 23h)));
    CHECK(daily.has_come(at(2026, 9, 24, 2h + 30min)));
}

SCENARIO("a clock that stood far ahead and is set right does not keep it away until then", "[daily]") {
    Daily daily{150min};
    daily.has_come(at(2036, 9, 24, 1h));
    CHECK_FALSE(daily.has_come(at(2026, 9, 24, 1h)));
    CHECK(daily.has_come(at(2026, 9, 24, 2h + 30min)));
}
