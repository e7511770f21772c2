#include "tests/support/memory/instances.hpp"

#include <algorithm>

namespace hcp::test::memory {

InstanceSummary MemoryInstances::summary_of(std::int32_t number, const Leased& leased) const {
    InstanceSummary one{number, leased.until, {}, 0, {}};
    if (const auto* state = unit_.tables.instance_states.find(number)) one.state = *state;
    for (const auto& [id, delivery] : unit_.tables.deliveries) {
        if (delivery.row.state != DeliveryState::claimed || delivery.claimed_by != number) continue;
        ++one.claimed;
        one.claimed_until = std::max(one.claimed_until.value_or(delivery.row.next_at), delivery.row.next_at);
    }
    return one;
}

result<std::vector<InstanceSummary>> MemoryInstances::all() {
    std::vector<InstanceSummary> out;
    for (const auto& [number, leased] : unit_.tables.instances) {
        auto one = summary_of(number, leased);
        if (!one.state || !one.state->retired_at) out.push_back(std::move(one));
    }
    return out;
}

result<std::optional<std::int32_t>> MemoryInstances::held_by(std::string_view token) {
    for (const auto& [number, leased] : unit_.tables.instances)
        if (leased.token == token) return std::optional{number};
    return std::optional<std::int32_t>{};
}

result<void> MemoryInstances::tell(const InstanceStateRow& row) {
    return unit_.guarded([&] {
        fits(row.name, 64);
        fits(row.version, 40);
        unit_.tables.instance_states.put(unit_.undo, row.instance_no, row);
    });
}

result<std::int64_t> MemoryInstances::hand_over(std::int32_t instance_no, std::string_view token, Instant now) {
    return unit_.guarded([&]() -> std::int64_t {
        const auto* const leased = unit_.tables.instances.find(instance_no);
        if (leased == nullptr) return 0;
        conflict_if(summary_of(instance_no, *leased).standing(now) == InstanceStanding::running);
        unit_.tables.instances.put(unit_.undo, instance_no, {std::string{token}, std::min(leased->until, now)});
        return 1;
    });
}

}  // namespace hcp::test::memory
