#include "integration/province_sim/limit.hpp"

#include "integration/province_sim/control.hpp"
#include "integration/province_sim/test/province.hpp"

#include <catch2/catch.hpp>

using namespace province_sim;
using namespace province_sim::test;
using namespace std::chrono_literals;

SCENARIO("what exceeds a sliding second is answered 429 and not processed") {
    Province province;
    province.platform->limit().allow({2, 3});
    CHECK(province.send(m1, good_service()).status == 200);
    province.pass(600ms);
    CHECK(province.send(m1, good_service()).status == 200);
    province.pass(399ms);
    const auto over = province.send(m1, good_service());
    CHECK(over.status == 429);
    CHECK(over.retry_after_s == 3U);
    province.pass(1ms);
    CHECK(province.send(m1, good_service()).status == 200);
    CHECK(province.send(m1, good_service()).status == 429);
    CHECK(province.sql("SELECT group_concat(outcome || ifnull(fault, '')) FROM arrival") ==
          "accepted,accepted,spoiltlimit,accepted,spoiltlimit");
    CHECK(province.stats.report().at("faults") == json::value{{"limit", 2}});
    province.platform->limit().allow({});
    CHECK(province.services().size() == 3);
}

SCENARIO("a fault is not spent on a request that is not admitted") {
    Province province;
    province.platform->limit().allow({1, -1});
    CHECK(province.send(m1, good_service()).status == 200);
    province.fault({{"kind", "cut_before_store"}});
    CHECK_FALSE(province.send(m1, good_service()).retry_after_s);
    CHECK(province.faults.active().size() == 1);
}

SCENARIO("the control door sets the limit in part and takes it away") {
    Province province;
    Control control{
        *province.platform, province.clock, province.store, province.faults, province.mood, province.stats, {}};
    const auto ask = [&control](const std::string& method, const std::string& body = "") {
        return control.handle({method, "/limit", "", "", body}).body;
    };
    CHECK(ask("POST", R"({"per_second":5})") == R"({"per_second":5,"retry_after_s":1})");
    CHECK(ask("POST", R"({"retry_after_s":-1})") == R"({"per_second":5,"retry_after_s":-1})");
    CHECK(ask("POST", R"({"per_second":-1})") == R"({"error":"per_second: an integer from 0 to 1000000 is wanted"})");
    CHECK(ask("POST", R"({"burst":1})") == R"({"error":"burst: not known"})");
    CHECK(ask("GET") == R"({"per_second":5,"retry_after_s":-1})");
    CHECK(ask("DELETE") == R"({"per_second":0,"retry_after_s":1})");
}
