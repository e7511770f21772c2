#pragma once
#include "plugin/domain/time.hpp"

#include <chrono>
#include <optional>

namespace hcp::domain {

// E24: whether the wall clock may be believed, held against one that nobody sets. Slow corrections are followed; a jump
// of more than `max_jump` is not, until the clock is back or somebody says that it is right. Both times come from
// outside.
class ClockWatch {
public:
    struct Reading {
        Instant wall;
        std::chrono::microseconds boot;  // since the machine was started, what it slept included
    };
    enum class Says { right, ahead, behind };

    explicit ClockWatch(std::chrono::microseconds max_jump) noexcept : max_jump_{max_jump} {}

    // What is known from before. `newest`: the latest instant that was believed; how long ago that was nobody knows, so
    // only a clock behind it is wrong. `ahead_since`: what the clock showed first after a jump forward that nobody has
    // confirmed; one that is there again, or further, has not been put right.
    void begin(Reading now, std::optional<Instant> newest, std::optional<Instant> ahead_since) noexcept {
        earliest_.reset();
        latest_.reset();
        if (newest) earliest_ = *newest - now.boot - max_jump_;
        if (ahead_since) latest_ = *ahead_since - now.boot - max_jump_;
    }
    Says look(Reading now) noexcept {
        const auto start = now.wall - now.boot;
        if (earliest_ && start < *earliest_) return Says::behind;
        if (latest_ && start > *latest_) return Says::ahead;
        confirm(now);
        return Says::right;
    }
    void confirm(Reading now) noexcept {
        earliest_ = now.wall - now.boot - max_jump_;
        latest_ = now.wall - now.boot + max_jump_;
    }

private:
    std::chrono::microseconds max_jump_;
    std::optional<Instant> earliest_, latest_;  // when, by a clock to be believed, the machine was started
};

}  // namespace hcp::domain
