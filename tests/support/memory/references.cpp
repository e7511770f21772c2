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

result<std::string> MemoryReferences::newest_version(ReferenceKind kind) {
    const auto all = of(kind);
    return all->empty() ? std::string{} : all->back().version;
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
