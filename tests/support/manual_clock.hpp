#pragma once
#include "plugin/ports/clock.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>

namespace hcp::test {

using namespace std::chrono_literals;

// 00:00 in Shanghai on that day, plus a time of day.
constexpr domain::Instant at(int y, unsigned m, unsigned d, std::chrono::microseconds time_of_day = 12h) {
    return domain::start_of(
               domain::Day{std::chrono::local_days{std::chrono::year{y} / static_cast<int>(m) / static_cast<int>(d)}}) +
           time_of_day;
}

class ManualClock final : public ports::Clock {
public:
    [[nodiscard]] domain::Instant now() const noexcept override { return domain::instant_from_us(now_us_.load()); }
    void set(domain::Instant t) { now_us_ = domain::to_us(t); }

private:
    std::atomic<std::int64_t> now_us_{domain::to_us(at(2026, 9, 24, 15h))};
};

class ManualSteadyClock final : public ports::SteadyClock {
public:
    [[nodiscard]] Time now() const noexcept override { return Time{since_.load()}; }
    void advance(Time::duration by) { since_ = since_.load() + by; }

private:
    std::atomic<Time::duration> since_{std::chrono::hours{1}};
};

class ManualBootClock final : public ports::BootClock {
public:
    [[nodiscard]] std::chrono::microseconds now() const noexcept override { return since_.load(); }
    void advance(std::chrono::microseconds by) { since_ = since_.load() + by; }

private:
    std::atomic<std::chrono::microseconds> since_{std::chrono::hours{100}};
};

}  // namespace hcp::test
