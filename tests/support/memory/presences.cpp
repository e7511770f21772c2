#include "tests/support/memory/presences.hpp"

namespace hcp::test::memory {

result<std::vector<PresenceRow>> MemoryPresences::all() {
    std::vector<PresenceRow> out;
    for (const auto& [key, row] : unit_.tables.presences) out.push_back(row);
    return out;
}

result<std::vector<Day>> MemoryPresences::lost_days() {
    std::vector<Day> out;
    for (const auto& [day, noted_at] : unit_.tables.lost_days) out.push_back(day);
    return out;
}

result<void> MemoryPresences::put(const PresenceRow& row) {
    unit_.tables.presences.put(unit_.undo, {row.from, row.instance_no}, row);
    return {};
}

result<void> MemoryPresences::lose(std::span<const Day> days, Instant now) {
    return unit_.guarded([&] {
        for (const auto day : days) {
            conflict_if(unit_.tables.lost_days.contains(day));
            unit_.tables.lost_days.put(unit_.undo, day, now);
        }
    });
}

}  // namespace hcp::test::memory
