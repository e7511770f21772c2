#pragma once
#include "plugin/domain/time.hpp"

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

}  // namespace hcp::ports
