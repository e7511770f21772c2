#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

std::optional<DossierRow> stored(Store& store, const DossierRow& dossier) {
    return reading(store, [&](Snapshot& rows) { return rows.dossiers().by_key(std::span{&dossier.key_digest, 1}); })[0];
}

void the_last_of_a_key(Database& database) {
    const auto store = database.open();
    Samples make;
    auto dossier = make.dossier();
    auto next = dossier;
    next.id = make.id<DossierId>();
    next.overflow = 1;
    next.project_no += "1";
    must(put(*store, next, dossier));
    REQUIRE(stored(*store, dossier));
    CHECK(same(*stored(*store, dossier), next));
}

void dossiers_are_unique(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto dossier = make.dossier();
    must(put(*store, dossier));
    check_taken(*store, with(dossier, [&](auto& r) { r.id = make.id<DossierId>(), r.project_no += "1"; }));
    check_taken(*store, with(dossier, [&](auto& r) { r.id = make.id<DossierId>(), r.overflow = 1; }));
    must(
        put(*store, with(dossier, [&](auto& r) { r.id = make.id<DossierId>(), r.project_no += "1", r.overflow = 1; })));
}

void are_guarded(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto o = make.open(*store);
    const auto service = make.delivery(o.evaluation);
    must(put(*store, service));
    auto changed = o.dossier;
    changed.service_count = 2;
    changed.last_service_delivery = service.id;
    const auto update = [&](std::int32_t expected) {
        return store->write([&](Transaction& rows) {
            return rows.dossiers().update(std::span{&changed, 1}, std::span<const std::int32_t>{&expected, 1});
        });
    };
    CHECK(update(5).error() == store_errc::conflict);
    must(update(1));
    CHECK(update(1).error() == store_errc::conflict);
    REQUIRE(stored(*store, changed));
    CHECK(same(*stored(*store, changed), changed));
}

}  // namespace

void add_dossiers(std::vector<Clause>& all) {
    all.push_back({"of several dossiers of one key the last answers", the_last_of_a_key});
    all.push_back({"a dossier has its project number and its place in the overflow alone", dossiers_are_unique});
    all.push_back({"a dossier changes only from the count that was read", are_guarded});
}

}  // namespace hcp::contract
