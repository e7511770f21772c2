#include "integration/province_sim/control.hpp"

#include "integration/province_sim/test/province.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

using namespace province_sim;
using namespace province_sim::test;

SCENARIO("the control door sets faults, moves the clock, swaps the certificate and says what it dislikes") {
    Province province;
    auto& clock = province.clock;
    int closed = 0;
    std::string certificate;
    Control control{*province.platform,
                    clock,
                    province.store,
                    province.faults,
                    province.mood,
                    province.stats,
                    {[&closed] { ++closed; },
                     [&certificate](const std::string& chain, const std::string& key) { certificate = chain + key; }}};
    const auto ask = [&control](const std::string& method, const std::string& path, const std::string& body = "") {
        return control.handle({method, path, "application/json", "", body});
    };
    CHECK(ask("GET", "/health").status == 200);
    CHECK(ask("POST", "/fault", R"({"kind":"slow","count":-1})").status == 200);
    CHECK(json::parse(ask("GET", "/fault").body).at("faults").at(0).at("kind") == "slow");
    CHECK(closed == 0);
    CHECK(ask("POST", "/fault", R"({"kind":"down"})").status == 200);
    CHECK(closed == 1);
    CHECK(ask("DELETE", "/fault").body == R"({"faults":[]})");
    CHECK(ask("POST", "/fault", R"({"kind":"fire"})").body == R"({"error":"kind: no such fault"})");
    CHECK(ask("POST", "/fault", "x").status == 400);
    CHECK(ask("POST", "/tls", R"({"cert":"a","key":"b"})").status == 200);
    CHECK(certificate == "ab");
    CHECK(ask("POST", "/tls", R"({"cert":"a"})").status == 400);
    CHECK(ask("PUT", "/fault").status == 404);
    CHECK(ask("POST", "/clock", "{}").status == 400);
    CHECK(ask("POST", "/clock", R"({"offset_ms":3600000})").status == 400);
}

SCENARIO("the control door stores what is due before it tells anything, and says how much") {
    Province province;
    Control control{
        *province.platform, province.clock, province.store, province.faults, province.mood, province.stats, {}};
    const auto ask = [&control](const std::string& method, const std::string& path, const std::string& body = "") {
        return control.handle({method, path, "application/json", "", body}).body;
    };
    for (const int seconds : {1, 2, 3}) {
        province.fault({{"kind", "late"}, {"store_after_ms", seconds * 1'000}});
        REQUIRE(province.outcome(m1, good_service()) == "success");
    }
    province.pass(std::chrono::seconds{1});
    ask("GET", "/health");
    CHECK(province.sql("SELECT count(*) FROM service") == "1");
    province.pass(std::chrono::seconds{1});
    CHECK(ask("POST", "/settle") == R"({"stored":1,"refused":0,"pending":1})");
    CHECK(ask("POST", "/dedupe", R"({"by":"name"})") == R"({"ok":true})");
    CHECK(ask("POST", "/dedupe", R"({"by":"time"})") == R"({"error":"by: one of none, name, name_time"})");
    province.pass(std::chrono::seconds{1});
    CHECK(ask("POST", "/settle") == R"({"stored":0,"refused":1,"pending":0})");
}

SCENARIO("the control door makes a subject busy") {
    Province province;
    Control control{
        *province.platform, province.clock, province.store, province.faults, province.mood, province.stats, {}};
    const auto busy = [&control](const std::string& body) {
        return control.handle({"POST", "/busy", "", "", body}).body;
    };
    CHECK(busy(R"({"certificate":"91370800000000000X","name":"某某建设有限公司","kind":"001","services":7})") ==
          R"({"ok":true})");
    CHECK(province.services().size() == 7);
    CHECK(busy(R"({"certificate":"9137","name":"公司"})") == R"({"error":"services: missing"})");
    CHECK(busy(R"({"certificate":"9137","services":1})") == R"({"error":"name: missing"})");
    CHECK(busy(R"({"name":"公司","services":1})") == R"({"error":"certificate: missing"})");
    CHECK(busy(R"({"size":1})") == R"({"error":"size: not known"})");
}
