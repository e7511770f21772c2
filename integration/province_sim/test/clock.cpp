#include "integration/province_sim/clock.hpp"

#include "integration/province_sim/test/province.hpp"

#include <catch2/catch.hpp>

#include <fstream>

using namespace province_sim;
using namespace province_sim::test;
using namespace std::chrono_literals;

SCENARIO("a clock file owns the time and a broken reading repeats the last good one") {
    Folder folder;
    const auto file = folder.path / "now_us";
    Clock clock;
    CHECK_THROWS_AS(clock.follow(file), std::invalid_argument);
    std::ofstream{file} << "1768449600000000";
    clock.follow(file);
    CHECK(format_time(clock.now()) == "2026-01-15 12:00:00");
    std::ofstream{file} << "17684496";
    std::ofstream{file} << "1768449660000000\n";
    CHECK(format_time(clock.now()) == "2026-01-15 12:01:00");
    std::ofstream{file} << "half a num";
    CHECK(format_time(clock.now()) == "2026-01-15 12:01:00");
    CHECK_FALSE(clock.set_offset(std::chrono::hours{1}));
}

SCENARIO("a held clock stands, owns the time as a file does, and is let go by a file") {
    Folder folder;
    Clock clock;
    clock.hold(noon);
    CHECK(clock.now() == noon);
    CHECK(clock.elapsed() == noon.time_since_epoch());
    CHECK_FALSE(clock.set_offset(1h));
    clock.hold(noon + 1us);
    CHECK(clock.now() == noon + 1us);
    std::ofstream{folder.path / "now_us"} << "1768449660000000";
    clock.follow(folder.path / "now_us");
    CHECK(clock.now() == noon + 60s);
    CHECK(clock.elapsed() == (noon + 60s).time_since_epoch());
}

SCENARIO("an offset moves the time and no span of it") {
    Clock clock;
    const auto before = clock.elapsed();
    CHECK(clock.set_offset(24h));
    CHECK(clock.elapsed() - before < 1h);
}

SCENARIO("every answer is dated by the province's clock") {
    Province province;
    CHECK(province.send(m1, good_service()).date == "Thu, 15 Jan 2026 04:00:00 GMT");
    CHECK(province.platform->handle({"GET", "/nowhere", "", "", ""}).date == "Thu, 15 Jan 2026 04:00:00 GMT");
    CHECK(format_http_date(parse_time("2024-02-29 07:08:09").value()) == "Wed, 28 Feb 2024 23:08:09 GMT");
}
