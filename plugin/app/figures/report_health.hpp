#pragma once
#include "plugin/ports/journal.hpp"
#include "plugin/ports/province.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/run/alarms.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hcp::app {

// Whether the database was there when it was last looked at. Right after the start nobody has looked yet, which is not
// the same as away.
enum class Seen : std::int32_t { not_yet, there, away };

// What health, readiness and the technical console say. No personal datum; nothing embargoed is counted (E14).
struct Health {
    std::string instance, version, state;
    domain::Instant now;
    std::optional<ports::JournalStats> journal;  // absent: it could not be read
    Seen database = Seen::not_yet;
    std::optional<ports::QueueFigures> queues;   // absent unless it was seen
    std::optional<ports::BridgeFigures> bridge;  // absent: the bridge is switched off
    std::vector<std::pair<std::string, std::string>> alarms;
};

[[nodiscard]] std::string to_json(const Health&);

// The journal's figures as they may leave it: what is under bid secrecy waits in it as well, perhaps one bidder an
// event, so events are told in hundreds, bytes in MiB, both rounded up, and of those set aside only whether there are
// any.
[[nodiscard]] ports::JournalStats rounded_for_reports(ports::JournalStats stats);
// In MiB, rounded up, for the same reason.
[[nodiscard]] std::int64_t rounded_for_reports(std::int64_t bytes);

}  // namespace hcp::app
