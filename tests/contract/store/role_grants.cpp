#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

std::optional<RoleGrantRow> find_grant(Store& store, RoleGrantId id) {
    return reading(store, [&](Snapshot& rows) { return rows.role_grants().find(id); });
}

RoleGrantRow confirmed(RoleGrantRow row) {
    row.confirmed_by = "S3";
    row.confirmed_at = monday + 1h;
    return row;
}

void role_grants_come_back(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto waiting = make.grant("S1"), other = confirmed(make.grant("S4")), also = make.grant("S1");
    must(put(*store, also, waiting, other));
    CHECK(same(*find_grant(*store, waiting.id), waiting));
    CHECK(same(*find_grant(*store, other.id), other));
    CHECK_FALSE(find_grant(*store, make.id<RoleGrantId>()));
    const auto page = reading(*store, [&](Snapshot& rows) { return rows.role_grants().after(waiting.id, 1); });
    REQUIRE(page.size() == 1);
    CHECK(same(page[0], other));
    const auto of_one = reading(*store, [](Snapshot& rows) { return rows.role_grants().not_ended_of("S1"); });
    REQUIRE(of_one.size() == 2);
    CHECK(same(of_one[0], waiting));
    CHECK(same(of_one[1], also));
    CHECK(reading(*store, [](Snapshot& rows) { return rows.role_grants().not_ended_of("S9"); }).empty());
    CHECK(reading(*store, [](Snapshot& rows) { return rows.role_grants().not_ended(); }).size() == 3);
    check_taken(*store, waiting);
}

void are_confirmed_once(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto grant = make.grant("S1");
    must(put(*store, grant));
    const auto confirm = [&](std::string_view by, Instant at) {
        return writing(*store, [&](Transaction& tx) { return tx.role_grants().confirm(grant.id, by, at); });
    };
    CHECK(confirm("S3", monday + 1h) == 1);
    CHECK(same(*find_grant(*store, grant.id), confirmed(grant)));
    CHECK(confirm("S5", monday + 2h) == 0);
    CHECK(same(*find_grant(*store, grant.id), confirmed(grant)));
}

void role_grants_are_ended_once(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto held = confirmed(make.grant("S1")), proposed = make.grant("S1");
    must(put(*store, held, proposed));
    const RoleEnding ending{"S7", monday + 3h, make.bytes(), make.digest()};
    const auto end = [&](RoleGrantId id, const RoleEnding& how) {
        return writing(*store, [&](Transaction& tx) { return tx.role_grants().end(id, how); });
    };
    CHECK(end(held.id, ending) == 1);
    CHECK(end(proposed.id, {"S7", monday + 3h, make.bytes(), make.digest()}) == 1);
    CHECK(end(held.id, {"S8", monday + 4h, {}, {}}) == 0);
    const auto ended = with(held, [&](auto& row) {
        row.ended_by = ending.ended_by;
        row.ended_at = ending.ended_at;
        row.sealed_why = ending.sealed_why;
        row.why_digest = ending.why_digest;
    });
    CHECK(same(*find_grant(*store, held.id), ended));
    CHECK(0 ==
          writing(*store, [&](Transaction& tx) { return tx.role_grants().confirm(proposed.id, "S3", monday + 4h); }));
    CHECK(reading(*store, [](Snapshot& rows) { return rows.role_grants().not_ended(); }).empty());
    CHECK(reading(*store, [](Snapshot& rows) { return rows.role_grants().not_ended_of("S1"); }).empty());
    CHECK(reading(*store, [](Snapshot& rows) { return rows.role_grants().after(RoleGrantId{}, 9); }).size() == 2);
}

void take_another_to_confirm(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto grant = make.grant("S1");
    must(put(*store, grant));
    for (const auto* nobody_else : {"S1", "S2"}) {
        INFO(nobody_else);
        CHECK(0 == writing(*store,
                           [&](Transaction& tx) { return tx.role_grants().confirm(grant.id, nobody_else, monday); }));
    }
    CHECK(same(*find_grant(*store, grant.id), grant));
}

}  // namespace

void add_role_grants(std::vector<Clause>& all) {
    all.push_back({"roles come back by id, by person, and those that were not ended", role_grants_come_back});
    all.push_back({"a role is confirmed once", are_confirmed_once});
    all.push_back({"a role, or what was only proposed, is ended once and stays", role_grants_are_ended_once});
    all.push_back({"who proposed a role, and whose it is, does not confirm it", take_another_to_confirm});
}

}  // namespace hcp::contract
