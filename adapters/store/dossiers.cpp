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
} sql;

}  // namespace

std::vector<const Statement*> SqlDossiers::statements() {
    return list_of(sql);
}

result<std::vector<std::optional<DossierRow>>> SqlDossiers::by_key(std::span<const Digest> keys) {
    return unit_.guarded(
        [&] { return unit_.in_order<DossierRow>(sql.by_key, keys, [](const auto& r) { return r.key_digest; }); });
}

result<void> SqlDossiers::insert(std::span<const DossierRow> all) {
    return unit_.guarded([&] { unit_.insert(sql.insert, all); });
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
        const auto changed = unit_.each(sql.update, runs);
        if (std::find(changed.begin(), changed.end(), 0) != changed.end()) throw StoreError{store_errc::conflict};
    });
}

}  // namespace hcp::store
