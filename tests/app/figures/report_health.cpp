#include "plugin/app/figures/report_health.hpp"

#include "tests/support/manual_clock.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::test;

SCENARIO("no age is negative, whatever was stored while the clock stood ahead (E24)", "[figures]") {
    app::Health health;
    health.now = at(2026, 9, 24);
    health.journal.events = 1;
    health.queues.emplace();
    const auto ages = [&](std::chrono::microseconds ago) {
        health.journal.oldest_accepted_at = health.now - ago;
        health.queues->oldest_queued_at = health.now - ago;
        const auto told = boost::json::parse(app::to_json(health));
        const auto age = told.at("journal").at("oldest_s");
        CHECK(told.at("deliveries").at("oldest_queued_s") == age);
        return age.to_number<std::int64_t>();
    };
    CHECK(ages(90s + 1us) == 90);
    CHECK(ages(-1us) == 0);
    CHECK(ages(-std::chrono::days{365}) == 0);
}
