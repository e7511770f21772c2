#include "adapters/web/http_date.hpp"

#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using namespace std::chrono_literals;

SCENARIO("an instant is written as HTTP has it, in GMT and in English", "[http]") {
    CHECK(web::http_date(test::at(2026, 11, 26, 11h)) == "Thu, 26 Nov 2026 03:00:00 GMT");
    CHECK(web::http_date(test::at(2024, 3, 1, 8h - 1us)) == "Thu, 29 Feb 2024 23:59:59 GMT");
    CHECK(web::http_date(domain::instant_from_us(0)) == "Thu, 01 Jan 1970 00:00:00 GMT");
}
