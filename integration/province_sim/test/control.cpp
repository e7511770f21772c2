#include "integration/province_sim/control.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

using namespace province_sim;
namespace json = boost::json;

SCENARIO("the control door sets faults, moves the clock, swaps the certificate and says what it dislikes") {
    Clock clock;
    Faults faults{1};
    Stats stats;
    int closed = 0;
    std::string certificate;
    Control control{clock,
                    faults,
                    stats,
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
    const auto before = clock.now();
    CHECK(ask("POST", "/clock", R"({"offset_ms":3600000})").status == 200);
    CHECK(clock.now() - before >= std::chrono::hours{1});
    CHECK(ask("POST", "/clock", "{}").status == 400);
}
