#include "plugin/domain/fellow_clocks.hpp"

#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

#include <vector>

using namespace hcp::domain;
using namespace hcp::test;
using Stands = FellowClocks::Stands;

namespace {

// One instance, whose clock is right, that looks every two seconds at others, of whom each tells every 20 s by a clock
// that differs by so much.
struct Fellows {
    std::vector<std::chrono::microseconds> differ;
    std::chrono::microseconds delay{};  // until what is told is there
    FellowClocks clocks{2s};
    Instant now = at(2026, 9, 24);

    void pass(std::chrono::seconds time) {
        for (const auto end = now + time; now < end; now += 2s) {
            std::vector<FellowClocks::Told> told;
            for (std::size_t i = 0; i < differ.size(); ++i) {
                const auto since = (now - delay).time_since_epoch() % 20s;
                told.push_back({static_cast<std::int32_t>(i) + 2, now - delay - since + differ[i]});
            }
            clocks.look(told, now, now + 100ms);
        }
    }
};

}  // namespace

SCENARIO("a host alone has nobody to differ from", "[clock]") {
    Fellows alone{{}};
    alone.pass(2min);
    CHECK_FALSE(alone.clocks.is_off());
    CHECK(alone.clocks.has_heard_all());
}

SCENARIO("clocks that agree are heard with the first word told anew", "[clock]") {
    Fellows two{{500ms, -500ms}};
    two.pass(2s);
    CHECK_FALSE(two.clocks.has_heard_all());
    two.pass(22s);
    CHECK(two.clocks.has_heard_all());
    CHECK_FALSE(two.clocks.is_off());
    for (const auto& [number, stands] : two.clocks.stands()) CHECK(stands == Stands::as_ours);
}

SCENARIO("of two, the one that is ahead is off", "[clock]") {
    Fellows behind{{-10min}}, ahead{{10min}};
    behind.pass(2min);
    CHECK(behind.clocks.stands().at(2) == Stands::behind);
    CHECK(behind.clocks.is_off());
    ahead.pass(2s);  // what is told in the future needs no second word
    CHECK(ahead.clocks.stands().at(2) == Stands::ahead);
    CHECK_FALSE(ahead.clocks.is_off());
    THEN("put right, it is as ours with its next word") {
        behind.differ = {0s};
        behind.pass(22s);
        CHECK_FALSE(behind.clocks.is_off());
        CHECK(behind.clocks.stands().at(2) == Stands::as_ours);
        ahead.differ = {0s};
        ahead.pass(22s);
        CHECK(ahead.clocks.stands().at(2) == Stands::as_ours);
    }
}

SCENARIO("of three, the one that differs from the two is off, whichever way", "[clock]") {
    for (const auto one : {std::chrono::microseconds{10min}, std::chrono::microseconds{-10min}}) {
        Fellows right{{one, 0s}}, wrong{{-one, -one}};
        right.pass(2min);
        wrong.pass(2min);
        CHECK_FALSE(right.clocks.is_off());
        CHECK(wrong.clocks.is_off());
    }
}

SCENARIO("a store that was slow to take a word makes nobody's clock wrong", "[clock]") {
    Fellows one{{0s}};
    one.pass(30s);
    one.delay = 10s;
    one.pass(22s);
    one.delay = 0s;
    one.pass(2min);
    CHECK_FALSE(one.clocks.is_off());
    CHECK(one.clocks.stands().at(2) == Stands::as_ours);
}

SCENARIO("who has gone is forgotten, and who does not speak is waited for", "[clock]") {
    Fellows two{{-10min, 0s}};
    two.pass(2min);
    two.differ.clear();
    two.pass(2s);
    CHECK(two.clocks.stands().empty());
    CHECK_FALSE(two.clocks.is_off());
    FellowClocks silent{2s};
    for (auto now = two.now; now < two.now + 1min; now += 2s)
        silent.look(std::vector{FellowClocks::Told{2, two.now - 1h}}, now, now);
    CHECK(silent.stands().at(2) == Stands::unheard);
    CHECK_FALSE(silent.has_heard_all());
}
