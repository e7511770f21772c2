#include "tests/support/memory/dossiers.hpp"

#include <limits>

namespace hcp::test::memory {

DossierRow as_read(const Tables& t, DossierRow row) {
    const auto* last = t.deliveries.find(row.last_service_delivery);
    if (last == nullptr || last->row.state == DeliveryState::delivered) row.last_service_delivery = {};
    return row;
}

result<std::vector<std::optional<DossierRow>>> MemoryDossiers::by_key(std::span<const Digest> keys) {
    const auto& t = unit_.tables;
    std::vector<std::optional<DossierRow>> out;
    for (const auto& key : keys) {
        out.emplace_back();
        constexpr auto first = std::numeric_limits<std::int32_t>::min();
        for (auto at = t.dossiers_by_key.from({key, first}); at != t.dossiers_by_key.end() && at->first.first == key;
             ++at)
            out.back() = as_read(t, *t.dossiers.find(at->second));
    }
    return out;
}

result<void> MemoryDossiers::insert(std::span<const DossierRow> all) {
    return unit_.guarded([&] {
        auto& t = unit_.tables;
        for (const auto& row : all) {
            const std::pair key{row.key_digest, row.overflow};
            conflict_if(t.dossiers.contains(row.id) || t.dossiers_by_key.contains(key) ||
                        t.dossiers_by_project_no.contains(row.project_no));
            t.dossiers.put(unit_.undo, row.id, row);
            t.dossiers_by_key.put(unit_.undo, key, row.id);
            t.dossiers_by_project_no.put(unit_.undo, row.project_no, row.id);
        }
    });
}

result<void> MemoryDossiers::update(std::span<const DossierRow> all, std::span<const std::int32_t> expected) {
    return unit_.guarded([&] {
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto* found = unit_.tables.dossiers.find(all[i].id);
            conflict_if(found == nullptr || found->service_count != expected[i]);
            auto row = *found;
            row.service_count = all[i].service_count;
            row.last_service_delivery = all[i].last_service_delivery;
            unit_.tables.dossiers.put(unit_.undo, all[i].id, std::move(row));
        }
    });
}

}  // namespace hcp::test::memory
