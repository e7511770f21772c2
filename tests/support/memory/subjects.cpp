#include "tests/support/memory/subjects.hpp"

namespace hcp::test::memory {

result<std::vector<std::optional<SubjectRow>>> MemorySubjects::by_lookup(std::span<const Digest> keys) {
    const auto& t = unit_.tables;
    return in_order<SubjectRow>(keys, [&](const Digest& key) {
        const auto* id = t.subjects_by_lookup.find(key);
        return id == nullptr ? nullptr : t.subjects.find(*id);
    });
}

result<void> MemorySubjects::insert(std::span<const SubjectRow> all) {
    return unit_.guarded([&] {
        auto& t = unit_.tables;
        for (const auto& row : all) {
            conflict_if(t.subjects.contains(row.id) || t.subjects_by_lookup.contains(row.lookup));
            t.subjects.put(unit_.undo, row.id, row);
            t.subjects_by_lookup.put(unit_.undo, row.lookup, row.id);
        }
    });
}

}  // namespace hcp::test::memory
