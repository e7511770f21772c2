#include "plugin/app/figures/report_health.hpp"

#include "tests/support/manual_clock.hpp"
#include "tests/support/project_root.hpp"
#include "tests/support/text_in.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::test;

namespace {

boost::json::object told(const app::Health& health) {
    return boost::json::parse(app::to_json(health)).as_object();
}

void check_keys_are_in(const std::string& header, const boost::json::object& object) {
    for (const auto& [key, value] : object) {
        INFO(key);
        CHECK(header.find('"' + std::string{key} + '"') != std::string::npos);
        if (value.is_object()) check_keys_are_in(header, value.as_object());
        if (!value.is_array()) continue;
        for (const auto& element : value.as_array()) check_keys_are_in(header, element.as_object());
    }
}

}  // namespace

SCENARIO("what has not been looked at yet is not told as broken", "[figures]") {
    app::Health health;
    health.journal.emplace();
    CHECK(told(health).at("database") == "尚未知");
    CHECK_FALSE(told(health).contains("evaluations"));
    CHECK_FALSE(told(health).contains("deliveries"));
    health.database = app::Seen::away;
    CHECK(told(health).at("database") == "不可用");
    health.database = app::Seen::there;
    health.queues.emplace();
    CHECK(told(health).at("database") == "正常");
    CHECK(told(health).at("evaluations").is_object());
    CHECK(told(health).at("deliveries").is_object());
}

SCENARIO("a journal that cannot be read is not told as empty", "[figures]") {
    app::Health health;
    CHECK(told(health).at("journal").is_null());
    health.journal.emplace();
    CHECK(told(health).at("journal").at("events") == 0);
}

SCENARIO("the header names every key of the report", "[figures]") {
    app::Health health;
    health.journal.emplace();
    health.database = app::Seen::there;
    health.queues.emplace();
    health.bridge.emplace();
    health.instances.push_back(
        {.instance_no = 3, .leased_until = {}, .state = ports::InstanceStateRow{}, .claimed = 0, .claimed_until = {}});
    check_keys_are_in(test::text_in(test::project_root() / "plugin/abi/haochaping.h"), told(health));
    health.bridge.reset();
    CHECK(told(health).at("bridge") == "关闭");
}

SCENARIO("no age is negative, whatever was stored while the clock stood ahead (E24)", "[figures]") {
    app::Health health;
    health.now = at(2026, 9, 24);
    health.journal.emplace().events = 1;
    health.queues.emplace();
    const auto ages = [&](std::chrono::microseconds ago) {
        health.journal->oldest_accepted_at = health.now - ago;
        health.queues->oldest_queued_at = health.now - ago;
        const auto seen = told(health);
        const auto age = seen.at("journal").at("oldest_s");
        CHECK(seen.at("deliveries").at("oldest_queued_s") == age);
        return age.to_number<std::int64_t>();
    };
    CHECK(ages(90s + 1us) == 90);
    CHECK(ages(-1us) == 0);
    CHECK(ages(-std::chrono::days{365}) == 0);
}
