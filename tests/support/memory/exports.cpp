#include "tests/support/memory/exports.hpp"

#include <algorithm>

namespace hcp::test::memory {

result<std::vector<ExportRow>> MemoryExports::after(ExportId id, std::size_t limit) {
    return page(unit_.tables.exports, id, limit);
}

result<std::vector<ExportRow>> MemoryExports::before(ExportId id, std::size_t limit) {
    std::vector<ExportRow> all;
    for (const auto& [known, row] : unit_.tables.exports)
        if (known < id) all.push_back(row);
    std::ranges::reverse(all);
    if (all.size() > limit) all.resize(limit);
    return all;
}

result<void> MemoryExports::insert(std::span<const ExportRow> all) {
    return unit_.guarded([&] {
        for (const auto& row : all) {
            fits(row.mark, 32), fits(row.staff_id, 64), fits(row.list_code, 32), fits(row.conditions, 500);
            for (const auto& [id, known] : unit_.tables.exports) conflict_if(known.mark == row.mark);
            conflict_if(unit_.tables.exports.contains(row.id));
            unit_.tables.exports.put(unit_.undo, row.id, row);
        }
    });
}

}  // namespace hcp::test::memory
