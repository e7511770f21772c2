#pragma once
#include "plugin/domain/time.hpp"
#include "plugin/ports/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::ports {

using namespace domain;

// What an instance says of itself, by its own clock. Unique: instance.
struct InstanceStateRow {
    std::int32_t instance_no = 0;
    std::string name;     // at most 64 characters
    std::string version;  // of its software; at most 40
    Instant since;        // when it came to its place in the store
    Instant told_at;
    std::optional<Instant> stopped_at;  // nothing while it runs, and of one that was killed
    std::optional<Instant> retired_at;
    std::int64_t journal_events = 0;  // accepted and not yet in the store, in hundreds, rounded up (E14)
};

enum class InstanceStanding {
    running,
    stopped,
    lost,  // neither: killed, cut off, or asleep
};
[[nodiscard]] constexpr std::string_view text_of(InstanceStanding standing) {
    return standing == InstanceStanding::running   ? "running"
           : standing == InstanceStanding::stopped ? "stopped"
                                                   : "lost";
}

// A number that is or was leased, and what is held under it.
struct InstanceSummary {
    std::int32_t instance_no = 0;
    Instant leased_until;
    std::optional<InstanceStateRow> state;  // nothing: its software is older than such words
    std::int64_t claimed = 0;               // deliveries
    std::optional<Instant> claimed_until;   // the last of them

    [[nodiscard]] InstanceStanding standing(Instant now) const {
        if (state && state->stopped_at) return InstanceStanding::stopped;
        return leased_until <= now ? InstanceStanding::lost : InstanceStanding::running;
    }
    // Whether its journal may hold what it has accepted and the store does not know.
    [[nodiscard]] bool may_owe_events(Instant now) const {
        const auto stands = standing(now);
        return stands == InstanceStanding::lost || (stands == InstanceStanding::stopped && state->journal_events > 0);
    }
};

class InstanceQueries {
public:
    virtual ~InstanceQueries() = default;
    virtual result<std::vector<InstanceSummary>> all() = 0;  // by number, without the retired
    // The number that this token holds or held.
    virtual result<std::optional<std::int32_t>> held_by(std::string_view token) = 0;
};

class Instances : public InstanceQueries {
public:
    virtual result<void> tell(const InstanceStateRow&) = 0;  // in place of what is there
    // From now on `token` holds the number: who held it before writes nothing under it any more, whenever it wakes.
    // `conflict` while that one has neither stopped nor its lease is over. Answers how many, 0 or 1: 0 was never
    // leased.
    virtual result<std::int64_t> hand_over(std::int32_t instance_no, std::string_view token, Instant now) = 0;
};

}  // namespace hcp::ports
