#include "tests/support/memory/staff.hpp"

#include <set>

namespace hcp::test::memory {

result<std::vector<StaffRow>> MemoryStaff::all() {
    std::vector<StaffRow> out;
    for (const auto& [key, row] : unit_.tables.staff) out.push_back(row);
    return out;
}

result<std::vector<StaffRow>> MemoryStaff::of(std::span<const std::string> ids) {
    const std::set<std::string> asked{ids.begin(), ids.end()};
    std::vector<StaffRow> out;
    for (const auto& [key, row] : unit_.tables.staff)
        if (asked.contains(row.staff_id)) out.push_back(row);
    return out;
}

result<void> MemoryStaff::insert(std::span<const StaffRow> all) {
    return unit_.guarded([&] {
        for (const auto& row : all) {
            fits(row.staff_id, 64);
            fits(row.department_id, 64);
            const std::pair key{row.staff_id, row.revision};
            conflict_if(unit_.tables.staff.contains(key));
            for (const auto& [other, known] : unit_.tables.staff) conflict_if(known.name_digest == row.name_digest);
            unit_.tables.staff.put(unit_.undo, key, row);
        }
    });
}

}  // namespace hcp::test::memory
