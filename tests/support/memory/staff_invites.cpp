#include "tests/support/memory/staff_invites.hpp"

namespace hcp::test::memory {

result<std::optional<StaffInviteRow>> MemoryStaffInvites::by_token(const Digest& token) {
    for (const auto& [id, row] : unit_.tables.staff_invites)
        if (row.token_digest == token) return std::optional{row};
    return std::optional<StaffInviteRow>{};
}

result<std::vector<StaffInviteRow>> MemoryStaffInvites::after(StaffInviteId id, std::size_t limit) {
    return page(unit_.tables.staff_invites, id, limit);
}

result<void> MemoryStaffInvites::insert(std::span<const StaffInviteRow> all) {
    return unit_.guarded([&] {
        for (const auto& row : all) {
            fits(row.staff_id, 64);
            for (const auto& [id, known] : unit_.tables.staff_invites)
                conflict_if(known.token_digest == row.token_digest);
            conflict_if(unit_.tables.staff_invites.contains(row.id));
            unit_.tables.staff_invites.put(unit_.undo, row.id, row);
        }
    });
}

result<std::int64_t> MemoryStaffInvites::use(StaffInviteId id, Instant at) {
    return unit_.guarded([&]() -> std::int64_t {
        const auto* const found = unit_.tables.staff_invites.find(id);
        if (found == nullptr || found->used_at || found->until <= at) return 0;
        auto row = *found;
        row.used_at = at;
        unit_.tables.staff_invites.put(unit_.undo, id, row);
        return 1;
    });
}

}  // namespace hcp::test::memory
