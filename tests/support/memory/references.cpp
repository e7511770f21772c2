#include "tests/support/memory/references.hpp"

#include <algorithm>

namespace hcp::test::memory {

result<std::vector<ReferenceRow>> MemoryReferences::of(ReferenceKind kind) {
    std::vector<ReferenceRow> out;
    for (const auto& [key, row] : unit_.tables.references)
        if (row.kind == kind) out.push_back(row);
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.loaded_at < b.loaded_at; });
    return out;
}

result<NewestRules> MemoryReferences::newest() {
    const auto all = of(ReferenceKind::calendar);
    if (all->empty()) return NewestRules{};
    const auto settled = [](const auto& table) {
        return std::count_if(table.begin(), table.end(),
                             [](const auto& row) { return row.second.edition.state != EditionState::draft; });
    };
    using Key = std::pair<std::string, std::int32_t>;
    const auto& editions = unit_.tables.editions;
    return NewestRules{all->back().version, settled(std::get<Table<Key, DepartmentRow>>(editions)) +
                                                settled(std::get<Table<Key, ItemEditionRow>>(editions)) +
                                                settled(std::get<Table<Key, GuideRow>>(editions))};
}

result<void> MemoryReferences::insert(std::span<const ReferenceRow> all) {
    return unit_.guarded([&] {
        for (const auto& row : all) {
            const std::pair key{row.kind, row.version};
            conflict_if(unit_.tables.references.contains(key));
            unit_.tables.references.put(unit_.undo, key, row);
        }
    });
}

}  // namespace hcp::test::memory
