#include "adapters/province/rate_window.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using hcp::province::RateWindow;

TEST_CASE("no second ever sees more than its limit", "[province][rate]") {
    RateWindow window{2};
    const RateWindow::Time start{};
    CHECK_FALSE(window.take(start));
    CHECK_FALSE(window.take(start + 900ms));
    CHECK(window.take(start + 950ms) == start + 1s);
    CHECK(window.take(start + 1s - 1ns) == start + 1s);
    CHECK_FALSE(window.take(start + 1s));
    CHECK(window.take(start + 1100ms) == start + 1900ms);
}
