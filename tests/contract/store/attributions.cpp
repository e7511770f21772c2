#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

std::optional<AttributionRow> find_attribution(Store& store, AttributionId id) {
    return reading(store, [&](Snapshot& rows) { return rows.attributions().find(id); });
}
std::vector<AttributionId> ids_of(const std::vector<AttributionRow>& rows) {
    std::vector<AttributionId> ids;
    for (const auto& row : rows) ids.push_back(row.id);
    return ids;
}

void attributions_come_back(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto one = make.id<CaseId>(), other = make.id<CaseId>();
    const auto first = make.attribution(one), second = make.attribution(one, 2);
    const auto bare = with(make.attribution(other), [](auto& row) {
        row.item_code.clear();
        row.department_id.clear();
        row.department_name.clear();
        row.handlers.clear();
        row.sealed_reason.clear();
    });
    must(put(*store, second, bare, first));
    for (const auto& row : {first, second, bare}) CHECK(same(*find_attribution(*store, row.id), row));
    CHECK_FALSE(find_attribution(*store, make.id<AttributionId>()));
    CHECK(ids_of(reading(*store, [&](Snapshot& rows) { return rows.attributions().of_case(one); })) ==
          std::vector{first.id, second.id});
    CHECK(ids_of(reading(*store, [&](Snapshot& rows) { return rows.attributions().after(first.id, 1); })) ==
          std::vector{second.id});
    check_taken(*store, with(make.attribution(one, 2), [](auto&) {}));
    check_taken(*store, with(make.attribution(one, 3), [&](auto& row) { row.id = first.id; }));
    check_taken(*store, with(make.attribution(one, 3), [&](auto& row) { row.reason_digest = first.reason_digest; }));
}

void are_signed_once(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto row = make.attribution(make.id<CaseId>());
    must(put(*store, row));
    const auto sign = [&](std::string_view by, Instant at) {
        return writing(*store, [&](Transaction& tx) { return tx.attributions().sign(row.id, by, at); });
    };
    CHECK(sign(row.proposed_by, monday + 2h) == 0);
    CHECK(same(*find_attribution(*store, row.id), row));
    CHECK(sign("S4", monday + 2h) == 1);
    const auto in_effect = with(row, [](auto& r) {
        r.signed_by = "S4";
        r.effective_at = monday + 2h;
    });
    CHECK(same(*find_attribution(*store, row.id), in_effect));
    CHECK(sign("S6", monday + 3h) == 0);
    CHECK(same(*find_attribution(*store, row.id), in_effect));
}

void the_last_of_a_case_waits(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto one = make.id<CaseId>();
    const auto overtaken = make.attribution(one), last = make.attribution(one, 2),
               other = make.attribution(make.id<CaseId>());
    const auto waiting = [&] {
        return ids_of(reading(*store, [](Snapshot& rows) { return rows.attributions().waiting(); }));
    };
    CHECK(waiting().empty());
    must(put(*store, overtaken, last, other));
    CHECK(waiting() == std::vector{last.id, other.id});
    CHECK(writing(*store, [&](Transaction& tx) { return tx.attributions().sign(last.id, "S4", monday); }) == 1);
    CHECK(waiting() == std::vector{other.id});
}

}  // namespace

void add_attributions(std::vector<Clause>& all) {
    all.push_back({"attributions come back by id and by case, each revision once", attributions_come_back});
    all.push_back({"an attribution is signed once, by another than who proposed it", are_signed_once});
    all.push_back({"of several attributions of a case only the last waits", the_last_of_a_case_waits});
}

}  // namespace hcp::contract
