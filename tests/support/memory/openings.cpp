#include "tests/support/memory/openings.hpp"

#include <set>

namespace hcp::test::memory {

result<std::vector<OpeningRow>> MemoryOpenings::of_projects(std::span<const std::string> project_nos) {
    const std::set<std::string> asked{project_nos.begin(), project_nos.end()};
    std::vector<OpeningRow> out;
    for (const auto& [key, row] : unit_.tables.openings)
        if (asked.contains(row.project_no)) out.push_back(row);
    return out;
}

result<std::vector<OpeningRow>> MemoryOpenings::all() {
    std::vector<OpeningRow> out;
    for (const auto& [key, row] : unit_.tables.openings) out.push_back(row);
    return out;
}

result<void> MemoryOpenings::insert(std::span<const OpeningRow> all) {
    return unit_.guarded([&] {
        for (const auto& row : all) {
            const std::tuple key{row.project_no, row.section, row.opened_at};
            conflict_if(unit_.tables.openings.contains(key));
            unit_.tables.openings.put(unit_.undo, key, row);
        }
    });
}

}  // namespace hcp::test::memory
