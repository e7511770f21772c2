#include "tests/support/memory/staff_sessions.hpp"

namespace hcp::test::memory {

result<std::optional<StaffSessionRow>> MemoryStaffSessions::by_token(const Digest& token) {
    for (const auto& [id, row] : unit_.tables.staff_sessions)
        if (row.token_digest == token) return std::optional{row};
    return std::optional<StaffSessionRow>{};
}

result<std::vector<StaffSessionRow>> MemoryStaffSessions::live_of(std::string_view staff_id, Instant now) {
    std::vector<StaffSessionRow> out;
    for (const auto& [id, row] : unit_.tables.staff_sessions)
        if (row.staff_id == staff_id && !row.is_over(now)) out.push_back(row);
    return out;
}

result<std::vector<StaffSessionRow>> MemoryStaffSessions::after(StaffSessionId id, std::size_t limit) {
    return page(unit_.tables.staff_sessions, id, limit);
}

result<void> MemoryStaffSessions::insert(std::span<const StaffSessionRow> all) {
    return unit_.guarded([&] {
        for (const auto& row : all) {
            fits(row.staff_id, 64);
            for (const auto& [id, known] : unit_.tables.staff_sessions)
                conflict_if(known.token_digest == row.token_digest);
            conflict_if(unit_.tables.staff_sessions.contains(row.id));
            unit_.tables.staff_sessions.put(unit_.undo, row.id, row);
        }
    });
}

result<std::int64_t> MemoryStaffSessions::seen(StaffSessionId id, Instant at, Instant idle_ends_at) {
    return unit_.guarded([&]() -> std::int64_t {
        const auto* const found = unit_.tables.staff_sessions.find(id);
        if (found == nullptr || found->ended_at || found->seen_at >= at || found->idle_ends_at > idle_ends_at) return 0;
        auto row = *found;
        row.seen_at = at;
        row.idle_ends_at = idle_ends_at;
        unit_.tables.staff_sessions.put(unit_.undo, id, row);
        return 1;
    });
}

void MemoryStaffSessions::end(StaffSessionRow row, std::string_view by, Instant at) {
    row.ended_by = by;
    row.ended_at = at;
    unit_.tables.staff_sessions.put(unit_.undo, row.id, row);
}

result<std::int64_t> MemoryStaffSessions::end(StaffSessionId id, std::string_view staff_id, std::string_view by,
                                              Instant at) {
    return unit_.guarded([&]() -> std::int64_t {
        const auto* const found = unit_.tables.staff_sessions.find(id);
        if (found == nullptr || found->ended_at || found->staff_id != staff_id) return 0;
        end(*found, by, at);
        return 1;
    });
}

result<std::int64_t> MemoryStaffSessions::end_all_of(std::string_view staff_id, std::string_view by, Instant at) {
    return unit_.guarded([&]() -> std::int64_t {
        std::vector<StaffSessionRow> open;
        for (const auto& [id, row] : unit_.tables.staff_sessions)
            if (row.staff_id == staff_id && !row.ended_at) open.push_back(row);
        for (const auto& row : open) end(row, by, at);
        return std::ssize(open);
    });
}

}  // namespace hcp::test::memory
