#include "tests/support/memory/visits.hpp"

namespace hcp::test::memory {

result<std::vector<bool>> MemoryVisits::known(std::span<const Digest> keys) {
    std::vector<bool> out;
    for (const auto& key : keys) out.push_back(unit_.tables.visits_by_key.contains(key));
    return out;
}

result<std::vector<VisitRow>> MemoryVisits::after(VisitId id, std::size_t limit) {
    return page(unit_.tables.visits, id, limit);
}

result<void> MemoryVisits::insert(std::span<const VisitRow> all) {
    return unit_.guarded([&] {
        auto& t = unit_.tables;
        for (const auto& row : all) {
            conflict_if(t.visits.contains(row.id) || t.visits_by_key.contains(row.key_digest));
            t.visits.put(unit_.undo, row.id, row);
            t.visits_by_key.put(unit_.undo, row.key_digest, row.id);
        }
    });
}

}  // namespace hcp::test::memory
