#pragma once
#include "plugin/domain/time.hpp"

#include <time.h>

#include <chrono>

namespace hcp::ports {

// The one source of "now" for every decision; SQL never asks the time (E24). Any thread.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual domain::Instant now() const noexcept = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] domain::Instant now() const noexcept override {
        return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    }
};

// By which durations are measured and waited for: it never goes back, whatever is done to the other. Any thread.
class SteadyClock {
public:
    using Time = std::chrono::steady_clock::time_point;
    virtual ~SteadyClock() = default;
    [[nodiscard]] virtual Time now() const noexcept = 0;
};

class SystemSteadyClock final : public SteadyClock {
public:
    [[nodiscard]] Time now() const noexcept override { return std::chrono::steady_clock::now(); }
};

// How long ago the machine was started, the time that it slept included: nobody sets it. What the wall clock is held
// against (E24). Any thread.
class BootClock {
public:
    virtual ~BootClock() = default;
    [[nodiscard]] virtual std::chrono::microseconds now() const noexcept = 0;
};

class SystemBootClock final : public BootClock {
public:
    [[nodiscard]] std::chrono::microseconds now() const noexcept override {
        timespec since{};
        ::clock_gettime(CLOCK_BOOTTIME, &since);
        return std::chrono::floor<std::chrono::microseconds>(std::chrono::seconds{since.tv_sec} +
                                                             std::chrono::nanoseconds{since.tv_nsec});
    }
};

}  // namespace hcp::ports
