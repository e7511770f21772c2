#include "tests/support/memory/dossiers.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace hcp::test::memory {

DossierRow as_read(const Tables& t, DossierRow row) {
    const auto* last = t.deliveries.find(row.last_service_delivery);
    if (last == nullptr || last->row.state == DeliveryState::delivered) row.last_service_delivery = {};
    return row;
}

DossierListing listing_of(const Tables& t, DossierId id) {
    DossierListing out;
    for (const auto& [other, row] : t.evaluations) {
        if (row.dossier_id != id) continue;
        const auto* service = t.deliveries_by_revision.find({other, DeliveryKind::service, 1});
        if (service == nullptr) continue;
        const auto& m1 = t.deliveries.find(*service)->row;
        const bool has_left = m1.state == DeliveryState::delivered || m1.outcome_unknown;
        if (has_left || m1.state == DeliveryState::queued || m1.state == DeliveryState::claimed)
            out.sent.push_back(
                {other, row.service_ordinal, row.service_number, row.service_name, row.service_time, !has_left});
    }
    std::sort(out.sent.begin(), out.sent.end(), [](const SentService& a, const SentService& b) {
        return std::tie(a.ordinal, a.evaluation_id) < std::tie(b.ordinal, b.evaluation_id);
    });
    const auto* listed = t.listed_services.find(id);
    if (listed == nullptr) return out;
    out.listed = listed->services;
    out.surplus = {listed->surplus.begin(), listed->surplus.end()};
    if (!out.listed.empty()) out.listed_at = listed->at;
    return out;
}

result<void> MemoryDossiers::note(const Listed& listed) {
    auto& t = unit_.tables;
    StoredListing next{{}, {}, listed.at};
    if (const auto* before = t.listed_services.find(listed.dossier_id)) {
        next.surplus = before->surplus;
        for (const auto& one : before->services)
            if (next.surplus.contains(one.number)) next.services.push_back(one);
    }
    for (const auto& one : listed.services)
        if (!next.surplus.contains(one.number))
            next.services.push_back(
                {{}, one.number, one.service_name, one.service_time, one.level.has_value(), one.level});
    std::sort(next.services.begin(), next.services.end(),
              [](const KnownService& a, const KnownService& b) { return a.number < b.number; });
    t.listed_services.put(unit_.undo, listed.dossier_id, std::move(next));
    if (!listed.doubled) return {};
    auto dossier = *t.dossiers.find(listed.dossier_id);
    dossier.doubled = true;
    t.dossiers.put(unit_.undo, listed.dossier_id, std::move(dossier));
    return {};
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
