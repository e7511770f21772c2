#pragma once
#include "plugin/domain/time.hpp"

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

}  // namespace hcp::ports
