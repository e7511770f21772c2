#pragma once
#include "plugin/domain/ids.hpp"
#include "plugin/domain/time.hpp"
#include "plugin/ports/result.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace hcp::ports {

using namespace domain;

// From when until when an instance ran with the store in reach and there was an entrance (E51); as long as it goes on,
// `until` follows. Unique: (instance_no, from).
struct PresenceRow {
    std::int32_t instance_no = 0;
    Instant from, until;
    std::optional<Instant> asked_at;  // when the host last asked for a link, a list or a rating
};

class PresenceQueries {
public:
    virtual ~PresenceQueries() = default;
    virtual result<std::vector<PresenceRow>> all() = 0;  // by `from`
    virtual result<std::vector<Day>> lost_days() = 0;    // on which nobody could have answered; ordered
};

class Presences : public PresenceQueries {
public:
    virtual result<void> put(const PresenceRow&) = 0;  // in place of what is there
    virtual result<void> lose(std::span<const Day>, Instant now) = 0;
};

}  // namespace hcp::ports
