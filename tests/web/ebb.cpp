#include "adapters/web/ebb.hpp"

#include <catch2/catch.hpp>

using namespace hcp::web;

SCENARIO("a crowd ebbs once, when three quarters of it are gone", "[web]") {
    Ebb ebb;
    ebb.rises_to(2000);
    CHECK_FALSE(ebb.comes_with(501));
    CHECK(ebb.comes_with(500));
    CHECK_FALSE(ebb.comes_with(499));
    CHECK(ebb.comes_with(125));  // of the 500 that stayed
    CHECK_FALSE(ebb.comes_with(0));
    ebb.rises_to(256);
    CHECK(ebb.comes_with(64));
}

SCENARIO("few are no crowd", "[web]") {
    Ebb ebb;
    ebb.rises_to(255);
    CHECK_FALSE(ebb.comes_with(0));
}
