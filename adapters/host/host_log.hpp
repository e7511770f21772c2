#pragma once
#include "plugin/abi/haochaping.h"
#include "plugin/ports/log.hpp"

#include <atomic>
#include <string_view>

namespace hcp::host {

// How much of a text the C interface can carry, borrowed.
[[nodiscard]] hcp_text borrowed(std::string_view text) noexcept;

// The host's log. [any] What the host's log makes us say while it runs cannot be said: that would be its own recursion.
class HostLog final : public ports::Log {
public:
    explicit HostLog(const hcp_host& host) : host_{host} {}

    void write(ports::LogLevel level, std::string_view line) noexcept override;
    void least_level(ports::LogLevel level) noexcept { least_level_ = level; }
    // True while this thread is inside the host's log function.
    [[nodiscard]] static bool inside() noexcept;
    // Told by the gate when the host called the plugin from there; said once the log is free again.
    static void called_from_inside() noexcept;

private:
    const hcp_host& host_;
    std::atomic<ports::LogLevel> least_level_{ports::LogLevel::info};
    std::atomic<bool> reentry_reported_{false};
};

}  // namespace hcp::host
