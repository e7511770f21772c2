#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

std::optional<StaffInviteRow> find_invite(Store& store, const Digest& token) {
    return reading(store, [&](Snapshot& rows) { return rows.staff_invites().by_token(token); });
}

void staff_invites_come_back(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto first = make.invite("S1"), second = make.invite("S4");
    must(put(*store, second, first));
    CHECK(same(*find_invite(*store, first.token_digest), first));
    CHECK(same(*find_invite(*store, second.token_digest), second));
    CHECK_FALSE(find_invite(*store, make.digest()));
    const auto page = reading(*store, [&](Snapshot& rows) { return rows.staff_invites().after(StaffInviteId{}, 1); });
    REQUIRE(page.size() == 1);
    CHECK(same(page[0], first));
    CHECK(reading(*store, [&](Snapshot& rows) { return rows.staff_invites().after(second.id, 9); }).empty());
    check_taken(*store, first);
    check_taken(*store, with(first, [&](auto& row) { row.id = make.id<StaffInviteId>(); }));
}

void are_used_once(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto invite = make.invite("S1"), other = make.invite("S1");
    must(put(*store, invite, other));
    const auto use = [&](StaffInviteId id, Instant at) {
        return writing(*store, [&](Transaction& tx) { return tx.staff_invites().use(id, at); });
    };
    CHECK(use(invite.id, invite.until) == 0);
    CHECK(use(invite.id, invite.until - 1us) == 1);
    CHECK(use(invite.id, monday + 1min) == 0);
    CHECK(same(*find_invite(*store, invite.token_digest),
               with(invite, [&](auto& row) { row.used_at = row.until - 1us; })));
    CHECK(same(*find_invite(*store, other.token_digest), other));
}

}  // namespace

void add_staff_invites(std::vector<Clause>& all) {
    all.push_back({"one-time links come back by token and by id, and no two have one token", staff_invites_come_back});
    all.push_back({"a one-time link is used once, and not at its end any more", are_used_once});
}

}  // namespace hcp::contract
