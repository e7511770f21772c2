#include "tests/support/memory/attributions.hpp"

#include <algorithm>

namespace hcp::test::memory {

result<std::vector<AttributionRow>> MemoryAttributions::after(AttributionId id, std::size_t limit) {
    return page(unit_.tables.attributions, id, limit);
}

result<std::optional<AttributionRow>> MemoryAttributions::find(AttributionId id) {
    const auto* const row = unit_.tables.attributions.find(id);
    return row == nullptr ? std::nullopt : std::optional{*row};
}

result<std::vector<AttributionRow>> MemoryAttributions::of_case(CaseId id) {
    std::vector<AttributionRow> out;
    for (const auto& [key, row] : unit_.tables.attributions)
        if (row.case_id == id) out.push_back(row);
    std::ranges::sort(out, {}, &AttributionRow::revision);
    return out;
}

result<std::vector<AttributionRow>> MemoryAttributions::waiting() {
    std::vector<AttributionRow> out;
    for (const auto& [id, row] : unit_.tables.attributions) {
        const auto all = of_case(row.case_id);
        if (row.waits() && all->back().id == id) out.push_back(row);
    }
    return out;
}

result<void> MemoryAttributions::insert(std::span<const AttributionRow> all) {
    return unit_.guarded([&] {
        for (const auto& row : all) {
            fits(row.item_code, 64);
            fits(row.department_id, 64);
            for (const auto& [id, known] : unit_.tables.attributions)
                conflict_if(id == row.id || known.reason_digest == row.reason_digest ||
                            (known.case_id == row.case_id && known.revision == row.revision));
            unit_.tables.attributions.put(unit_.undo, row.id, row);
        }
    });
}

result<std::int64_t> MemoryAttributions::sign(AttributionId id, std::string_view by, Instant at) {
    return unit_.guarded([&]() -> std::int64_t {
        const auto* const found = unit_.tables.attributions.find(id);
        if (found == nullptr || !found->waits() || found->proposed_by == by) return 0;
        auto row = *found;
        row.signed_by = by;
        row.effective_at = at;
        unit_.tables.attributions.put(unit_.undo, id, row);
        return 1;
    });
}

}  // namespace hcp::test::memory
