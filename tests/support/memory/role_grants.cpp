#include "tests/support/memory/role_grants.hpp"

namespace hcp::test::memory {

result<std::vector<RoleGrantRow>> MemoryRoleGrants::after(RoleGrantId id, std::size_t limit) {
    return page(unit_.tables.role_grants, id, limit);
}

result<std::optional<RoleGrantRow>> MemoryRoleGrants::find(RoleGrantId id) {
    const auto* const row = unit_.tables.role_grants.find(id);
    return row == nullptr ? std::nullopt : std::optional{*row};
}

result<std::vector<RoleGrantRow>> MemoryRoleGrants::not_ended() {
    std::vector<RoleGrantRow> out;
    for (const auto& [id, row] : unit_.tables.role_grants)
        if (!row.ended_at) out.push_back(row);
    return out;
}

result<std::vector<RoleGrantRow>> MemoryRoleGrants::not_ended_of(std::string_view staff_id) {
    std::vector<RoleGrantRow> out;
    for (const auto& [id, row] : unit_.tables.role_grants)
        if (!row.ended_at && row.staff_id == staff_id) out.push_back(row);
    return out;
}

result<void> MemoryRoleGrants::insert(std::span<const RoleGrantRow> all) {
    return unit_.guarded([&] {
        for (const auto& row : all) {
            fits(row.staff_id, 64);
            conflict_if(unit_.tables.role_grants.contains(row.id));
            unit_.tables.role_grants.put(unit_.undo, row.id, row);
        }
    });
}

result<std::int64_t> MemoryRoleGrants::confirm(RoleGrantId id, std::string_view by, Instant at) {
    return unit_.guarded([&]() -> std::int64_t {
        const auto* const found = unit_.tables.role_grants.find(id);
        if (found == nullptr || !found->waits() || by == found->proposed_by || by == found->staff_id) return 0;
        auto row = *found;
        row.confirmed_by = by;
        row.confirmed_at = at;
        unit_.tables.role_grants.put(unit_.undo, id, row);
        return 1;
    });
}

result<std::int64_t> MemoryRoleGrants::end(RoleGrantId id, const RoleEnding& ending) {
    return unit_.guarded([&]() -> std::int64_t {
        const auto* const found = unit_.tables.role_grants.find(id);
        if (found == nullptr || found->ended_at) return 0;
        for (const auto& [other, known] : unit_.tables.role_grants) conflict_if(known.why_digest == ending.why_digest);
        auto row = *found;
        row.ended_by = ending.ended_by;
        row.ended_at = ending.ended_at;
        row.sealed_why = ending.sealed_why;
        row.why_digest = ending.why_digest;
        unit_.tables.role_grants.put(unit_.undo, id, row);
        return 1;
    });
}

}  // namespace hcp::test::memory
