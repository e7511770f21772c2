#include "adapters/host/host_log.hpp"

#include <algorithm>
#include <utility>

namespace hcp::host {
namespace {

// Of one thread: how deep it is in the host's log, and whether the host called us from there.
thread_local int log_depth = 0;
thread_local bool reentered = false;

}  // namespace

hcp_text borrowed(std::string_view text) noexcept {
    constexpr std::size_t most = std::size_t{64} * 1024 * 1024;
    return {text.data(), static_cast<std::uint32_t>(std::min(text.size(), most))};
}

void HostLog::write(ports::LogLevel level, std::string_view line) noexcept {
    if (level < least_level_ || log_depth > 0) return;
    const auto say = [&](ports::LogLevel l, std::string_view text) {
        ++log_depth;
        try {
            host_.log(host_.self, static_cast<std::int32_t>(l), borrowed(text));
        } catch (...) {
            // A host in C++ that throws here has lost its own line; there is no other place to say so.
        }
        --log_depth;
    };
    say(level, line);
    if (std::exchange(reentered, false) && !reentry_reported_.exchange(true)) {
        say(ports::LogLevel::error, "宿主违反约定：在 log 函数中回调了插件；这样的调用一律被拒绝（HCP_E_STATE）");
        reentered = false;
    }
}

bool HostLog::inside() noexcept {
    return log_depth > 0;
}
void HostLog::called_from_inside() noexcept {
    reentered = true;
}

}  // namespace hcp::host
