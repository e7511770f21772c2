#include "adapters/web/rate_limiter.hpp"

#include <catch2/catch.hpp>

using namespace hcp::web;
using namespace std::chrono_literals;

namespace {
const RateLimiter::Time start{1h};
}

SCENARIO("a key gets its minute's allowance at once and then one by one", "[web]") {
    RateLimiter limiter{3};
    for (int i = 0; i < 3; ++i) CHECK_FALSE(limiter.refuse("a", start).has_value());
    CHECK(limiter.refuse("a", start) == 20s);
    CHECK(limiter.refuse("a", start + 19s + 500ms) == 1s);
    CHECK_FALSE(limiter.refuse("a", start + 20s).has_value());
    CHECK(limiter.refuse("a", start + 20s).has_value());
    AND_THEN("another key is not affected") {
        CHECK_FALSE(limiter.refuse("b", start).has_value());
    }
    AND_THEN("after a minute of quiet the whole allowance is back") {
        for (int i = 0; i < 3; ++i) CHECK_FALSE(limiter.refuse("a", start + 2min).has_value());
        CHECK(limiter.refuse("a", start + 2min).has_value());
    }
}

SCENARIO("a refusal is not counted, so impatience does not lengthen the wait", "[web]") {
    RateLimiter limiter{1};
    CHECK_FALSE(limiter.refuse("a", start).has_value());
    for (int i = 0; i < 100; ++i) CHECK(limiter.refuse("a", start + 1s) == 59s);
    CHECK_FALSE(limiter.refuse("a", start + 60s).has_value());
}

SCENARIO("a changed rate holds from then on", "[web]") {
    RateLimiter limiter{1};
    CHECK_FALSE(limiter.refuse("a", start).has_value());
    CHECK(limiter.refuse("a", start).has_value());
    limiter.set_per_minute(60);
    CHECK_FALSE(limiter.refuse("b", start).has_value());
    CHECK_FALSE(limiter.refuse("b", start).has_value());
}

SCENARIO("a flood of keys does not grow the limiter, and those still limited stay so while others have expired",
         "[web]") {
    RateLimiter limiter{1, 4};
    for (const auto* key : {"a", "b", "c"}) CHECK_FALSE(limiter.refuse(key, start).has_value());
    CHECK_FALSE(limiter.refuse("d", start + 50s).has_value());
    CHECK_FALSE(limiter.refuse("e", start + 70s).has_value());
    CHECK(limiter.refuse("d", start + 70s).has_value());
}
