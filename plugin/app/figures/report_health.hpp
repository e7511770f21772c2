#pragma once
#include "plugin/ports/journal.hpp"
#include "plugin/ports/province.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/run/alarms.hpp"

#include <boost/json/object.hpp>

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
    std::optional<domain::InstanceNo> number;  // absent until it has come to its place in the store
    domain::Instant now;
    std::optional<ports::JournalStats> journal;  // absent: it could not be read
    Seen database = Seen::not_yet;
    std::optional<ports::QueueFigures> queues;      // absent unless it was seen
    std::optional<ports::BridgeFigures> bridge;     // absent: the bridge is switched off
    std::vector<ports::InstanceSummary> instances;  // of the store, this one included
    std::vector<std::pair<std::string, std::string>> alarms;
};

[[nodiscard]] std::string to_json(const Health&);
// Who holds what, since when, until when.
[[nodiscard]] boost::json::object json_of(const ports::InstanceSummary& one, domain::Instant now);

}  // namespace hcp::app
