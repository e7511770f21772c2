#include "adapters/province/sending_rate.hpp"

#include <catch2/catch.hpp>

using namespace std::chrono_literals;
using hcp::province::SendingRate;

namespace {

// A far end that takes `limit` in any second and refuses what exceeds it. Answers how many it took and refused.
struct Limited {
    double limit;
    std::vector<SendingRate::Time> taken;
    int refused = 0;

    bool take(SendingRate::Time now) {
        std::erase_if(taken, [&](auto at) { return at + 1s <= now; });
        if (static_cast<double>(taken.size()) >= limit) return ++refused, false;
        taken.push_back(now);
        return true;
    }
};

}  // namespace

TEST_CASE("messages begin evenly, and what idled goes at once only as a tenth of a second's worth",
          "[province][rate]") {
    SendingRate rate{10};
    const SendingRate::Time start{1h};
    CHECK_FALSE(rate.take(start));
    CHECK(rate.take(start) == start + 100ms);
    CHECK(rate.take(start + 100ms - 1ns) == start + 100ms);
    CHECK_FALSE(rate.take(start + 100ms));
    SendingRate fast{100};
    int at_once = 0;
    while (!fast.take(start)) ++at_once;
    CHECK(at_once == 10);
}

TEST_CASE(
    "a rate that is too high is halved once for all that was under way, and climbs back below where it was refused",
    "[province][rate]") {
    SendingRate rate{10};
    const SendingRate::Time start{1h};
    // Nothing began within the last second that would tell more.
    CHECK_FALSE(rate.take(start));
    rate.halve(start + 1s);
    rate.halve(start + 1200ms);
    CHECK(rate.per_second() == 5);
    (void)rate.take(start + 11s);
    CHECK(rate.per_second() == Approx(9.5));
    (void)rate.take(start + 20s);
    CHECK(rate.per_second() == Approx(9.5));
    for (auto at = start + 31s; at < start + 120s; at += 1s) (void)rate.take(at);
    CHECK(rate.per_second() == 10);
}

TEST_CASE("of a limit that nobody told most is used, and little is refused", "[province][rate]") {
    const double limit = GENERATE(2., 5., 8., 50.);
    const double too_much = GENERATE(1., 2., 10.);
    SendingRate rate{too_much * limit};
    Limited far_end{limit, {}, 0};
    const SendingRate::Time start{1h};
    int taken = 0;
    auto now = start;
    while (now < start + 60s) {
        if (const auto later = rate.take(now)) {
            now = *later;
            continue;
        }
        if (far_end.take(now))
            taken += now < start + 60s;
        else
            rate.halve(now);
    }
    INFO(limit << ": " << taken << " taken in 60 s, " << far_end.refused << " refused");
    CHECK(taken >= 0.85 * 60 * limit);
    CHECK(far_end.refused <= 8 + (too_much - 1) * limit);
}
