#pragma once
#include "plugin/ports/clock.hpp"
#include "tests/support/manual_clock.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <random>
#include <utility>

// Time and chance of a world of one thread: nothing happens but what a seed makes happen.
namespace hcp::world {

using namespace std::chrono_literals;
using std::chrono::microseconds;

class Dice {
public:
    explicit Dice(std::uint64_t seed) : engine_{seed} {}
    [[nodiscard]] std::uint64_t below(std::uint64_t n) { return engine_() % n; }
    [[nodiscard]] bool one_in(std::uint64_t n) { return below(n) == 0; }
    [[nodiscard]] microseconds between(microseconds from, microseconds to) {
        return from + microseconds{static_cast<std::int64_t>(below(static_cast<std::uint64_t>((to - from).count())))};
    }

private:
    std::mt19937_64 engine_;
};

// The wall clock and the two that nobody sets, which go together, and what is to happen when.
class Time {
public:
    [[nodiscard]] domain::Instant now() const { return clock.now(); }
    void at(domain::Instant when, std::function<void()> what) {
        agenda_.emplace(std::pair{when, ++entered_}, std::move(what));
    }
    // Everything that is due until then happens at its own time.
    void pass(microseconds by) {
        const auto until = now() + by;
        while (!agenda_.empty() && agenda_.begin()->first.first <= until) {
            const auto what = std::move(agenda_.begin()->second);
            go_to(agenda_.begin()->first.first);
            agenda_.erase(agenda_.begin());
            what();
        }
        go_to(until);
    }

    test::ManualClock clock;
    test::ManualSteadyClock steady;
    test::ManualBootClock boot;

private:
    void go_to(domain::Instant when) {
        if (when <= now()) return;
        steady.advance(when - now());
        // What the wall clock skips beyond that, the instance has run through (E51).
        boot.advance(std::min<microseconds>(when - now(), std::chrono::minutes{1}));
        clock.set(when);
    }
    std::map<std::pair<domain::Instant, std::uint64_t>, std::function<void()>> agenda_;
    std::uint64_t entered_ = 0;
};

}  // namespace hcp::world
