#include "adapters/province/reply_text.hpp"

#include <catch2/catch.hpp>

using namespace hcp::province;

TEST_CASE("members that stand twice with two values contradict", "[province][reply]") {
    const auto contradicts = [](std::string_view text) { return parse_reply(text)->contradicts_itself; };
    CHECK_FALSE(contradicts(R"({"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]})"));
    CHECK_FALSE(contradicts(R"({"a":"1","a":"1"})"));
    CHECK(contradicts(R"({"a":"1","a":"2"})"));
    CHECK(contradicts(R"({"a":"1","a":1})") == false);  // the same, however it is written
    CHECK(contradicts(R"({"x":{"a":true,"b":0,"a":false}})"));
    CHECK(contradicts(R"({"a":{},"a":{}})"));
    CHECK_FALSE(parse_reply("{"));
}
