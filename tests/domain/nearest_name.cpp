#include "plugin/domain/nearest_name.hpp"

#include <catch2/catch.hpp>

#include <array>

using hcp::domain::nearest_name;

namespace {
constexpr std::array<std::string_view, 3> known{"max_bytes", "drain_batch", "io_threads"};
}

SCENARIO("a misspelt name is found by the letters put in, left out or changed", "[text]") {
    CHECK(nearest_name("max_bytes", known, 1) == "max_bytes");
    CHECK(nearest_name("max_byte", known, 2) == "max_bytes");
    CHECK(nearest_name("max_bytess", known, 2) == "max_bytes");
    CHECK(nearest_name("mix_bytes", known, 2) == "max_bytes");
    CHECK(nearest_name("drain_bacth", known, 3) == "drain_batch");
}

SCENARIO("only what is nearer than the limit is found", "[text]") {
    CHECK(nearest_name("max_byte", known, 1).empty());
    CHECK(nearest_name("drain_bacth", known, 2).empty());
    CHECK(nearest_name("max_bytes", known, 0).empty());
    CHECK(nearest_name("", known, 9).empty());
    CHECK(nearest_name("", known, 10) == "max_bytes");
    CHECK(nearest_name("max_bytes", {}, 100).empty());
}

SCENARIO("of several names the nearest is found, and of equals the first", "[text]") {
    constexpr std::array<std::string_view, 4> names{"abxy", "abcx", "abcy", "abcd"};
    CHECK(nearest_name("abcd", names, 4) == "abcd");
    CHECK(nearest_name("abcz", names, 4) == "abcx");
    CHECK(nearest_name("ab", names, 4) == "abxy");
}
