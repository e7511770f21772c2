#pragma once
#include "plugin/ports/journal.hpp"

#include <algorithm>
#include <cstdint>

namespace hcp::record {

[[nodiscard]] constexpr std::int64_t rounded_up(std::int64_t n, std::int64_t to) {
    return (n + to - 1) / to * to;
}

// In MiB, rounded up, for the same reason as below.
[[nodiscard]] constexpr std::int64_t rounded_for_reports(std::int64_t bytes) {
    return rounded_up(bytes, 1 << 20);
}

// The journal's figures as they may leave it (E14): what is under bid secrecy waits in it as well, perhaps one bidder
// an event, so events are told in hundreds, bytes in MiB, both rounded up, and of those set aside only whether there
// are any.
[[nodiscard]] inline ports::JournalStats rounded_for_reports(ports::JournalStats stats) {
    stats.events = rounded_up(stats.events, 100);
    stats.bytes = rounded_for_reports(stats.bytes);
    stats.set_aside = std::min<std::int64_t>(stats.set_aside, 1);
    return stats;
}

}  // namespace hcp::record
