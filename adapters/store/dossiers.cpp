#include "adapters/store/dossiers.hpp"

#include "adapters/store/statement_list.hpp"

#include <algorithm>

namespace hcp::store {

using ports::DossierRow;

namespace {

constexpr struct {
    Statement insert{"dossiers.insert", "{insert dossiers}"};
    // Of several with one key the last in this order is the one that in_order answers with.
    Statement by_key{"dossiers.by_key", R"(
        select {dossiers o; last_service_delivery: (select w.id from deliveries w
            where w.id = o.last_service_delivery and w.state <> #delivery.delivered)}
        from dossiers o where o.key_digest in (@keys) order by o.key_digest, o.overflow)"};
    Statement update{"dossiers.update", R"(
        update dossiers set service_count = :service_count, last_service_delivery = :last_service_delivery
        where id = :id and service_count = :expected)"};
    // Those of an M1 that was refused are no longer among them.
    Statement sent{"dossiers.sent", R"(
        select e.dossier_id, e.id, e.service_ordinal, e.service_number, e.service_name, e.service_time,
            case when d.state = #delivery.delivered or d.outcome_unknown = 1 then 0 else 1 end
        from evaluations e join deliveries d on d.evaluation_id = e.id and d.kind = #kind.service
            and (d.state in (#delivery.delivered, #delivery.queued, #delivery.claimed) or d.outcome_unknown = 1)
        where e.dossier_id in (@dossiers)
        order by e.dossier_id, e.service_ordinal, e.id)"};
    Statement listed{"dossiers.listed", R"(
        select {listed_services} from listed_services where dossier_id in (@dossiers)
        order by dossier_id, service_number)"};
    Statement forget_listed{"dossiers.forget_listed",
                            "delete from listed_services where dossier_id = :dossier_id and surplus = 0"};
    Statement insert_listed{"dossiers.insert_listed",
                            "{upsert listed_services by dossier_id, service_number: listed_at_us = new.listed_at_us}"};
    Statement mark_doubled{"dossiers.mark_doubled", "update dossiers set doubled = 1 where id = :dossier_id"};
} dossiers_sql;

}  // namespace

std::vector<const Statement*> SqlDossiers::statements() {
    return list_of(dossiers_sql);
}

result<std::vector<std::optional<DossierRow>>> SqlDossiers::by_key(std::span<const Digest> keys) {
    return unit_.guarded([&] {
        return unit_.in_order<DossierRow>(dossiers_sql.by_key, keys, [](const auto& r) { return r.key_digest; });
    });
}

void SqlDossiers::read(const Encoder& dossiers, std::unordered_map<DossierId, ports::DossierListing>& into) {
    unit_.query_list(dossiers_sql.sent, dossiers, [&](Decoder from) {
        auto& sent = into[from.take<DossierId>()].sent.emplace_back();
        from("", sent.evaluation_id);
        from("", sent.ordinal);
        from("", sent.number);
        from("", sent.name);
        from("", sent.time);
        from("", sent.pending);
    });
    unit_.query_list(dossiers_sql.listed, dossiers, [&](Decoder from) {
        auto row = from.row<ListedServiceRow>();
        auto& listing = into[row.dossier_id];
        if (row.surplus) listing.surplus.push_back(row.number);
        listing.listed.push_back(
            {{}, row.number, std::move(row.name), std::move(row.time), row.level != 0, level_from(row.level)});
        listing.listed_at = std::max(listing.listed_at.value_or(row.listed_at), row.listed_at);
    });
}

result<ports::DossierListing> SqlDossiers::listing(DossierId id) {
    return unit_.guarded([&] {
        std::unordered_map<DossierId, ports::DossierListing> found;
        read(list(std::span{&id, 1}), found);
        return std::move(found[id]);
    });
}

result<void> SqlDossiers::note(const ports::Listed& listed) {
    return unit_.guarded([&] {
        unit_.change(dossiers_sql.forget_listed, with("dossier_id", listed.dossier_id));
        std::vector<ListedServiceRow> rows;
        for (const auto& one : listed.services)
            rows.push_back({listed.dossier_id, one.number, one.service_name, one.service_time,
                            one.level ? static_cast<std::int32_t>(*one.level) : 0, listed.at, false});
        unit_.insert(dossiers_sql.insert_listed, std::span<const ListedServiceRow>{rows});
        if (listed.doubled) unit_.change(dossiers_sql.mark_doubled, with("dossier_id", listed.dossier_id));
    });
}

result<void> SqlDossiers::insert(std::span<const DossierRow> all) {
    return unit_.guarded([&] { unit_.insert(dossiers_sql.insert, all); });
}

result<void> SqlDossiers::update(std::span<const DossierRow> all, std::span<const std::int32_t> expected) {
    return unit_.guarded([&] {
        Encoder runs;
        for (std::size_t i = 0; i < all.size(); ++i) {
            runs("service_count", all[i].service_count);
            runs("last_service_delivery", all[i].last_service_delivery);
            runs("id", all[i].id);
            runs("expected", expected[i]);
        }
        const auto changed = unit_.each(dossiers_sql.update, runs);
        if (std::find(changed.begin(), changed.end(), 0) != changed.end()) throw StoreError{store_errc::conflict};
    });
}

}  // namespace hcp::store
