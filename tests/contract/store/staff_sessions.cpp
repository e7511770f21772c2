#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

std::optional<StaffSessionRow> find_session(Store& store, const StaffSessionRow& row) {
    return reading(store, [&](Snapshot& rows) { return rows.staff_sessions().by_token(row.token_digest); });
}
std::vector<StaffSessionRow> live(Store& store, std::string_view staff_id, Instant now) {
    return reading(store, [&](Snapshot& rows) { return rows.staff_sessions().live_of(staff_id, now); });
}

void staff_sessions_come_back(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto first = with(make.session("S1"),
                            [&](auto&row) {
                                row.way = SignOnWay::invite;
                                row.invite_id = make.id<StaffInviteId>();
                            }),
               other = make.session("S4"), also = make.session("S1");
    must(put(*store, also, first, other));
    CHECK(same(*find_session(*store, first), first));
    CHECK(same(*find_session(*store, other), other));
    CHECK_FALSE(find_session(*store, make.session("S1")));
    const auto page = reading(*store, [&](Snapshot& rows) { return rows.staff_sessions().after(first.id, 1); });
    REQUIRE(page.size() == 1);
    CHECK(same(page[0], other));
    const auto of_one = live(*store, "S1", monday);
    REQUIRE(of_one.size() == 2);
    CHECK(same(of_one[0], first));
    CHECK(same(of_one[1], also));
    CHECK(live(*store, "S9", monday).empty());
    check_taken(*store, first);
    check_taken(*store, with(first, [&](auto& row) { row.id = make.id<StaffSessionId>(); }));
}

void run_out(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto idle = make.session("S1"), used = with(make.session("S1"), [](auto&row) { row.ends_at = monday + 1h; });
    must(put(*store, idle, used));
    const auto seen = [&](const StaffSessionRow& row, Instant at, Instant idle_ends_at) {
        return writing(*store, [&](Transaction& tx) { return tx.staff_sessions().seen(row.id, at, idle_ends_at); });
    };
    CHECK(seen(used, monday + 20min, monday + 2h) == 1);
    CHECK(same(*find_session(*store, used), with(used, [](auto& row) {
        row.seen_at = monday + 20min;
        row.idle_ends_at = monday + 2h;
    })));
    CHECK(live(*store, "S1", idle.idle_ends_at - 1us).size() == 2);
    CHECK(live(*store, "S1", idle.idle_ends_at).size() == 1);
    CHECK(live(*store, "S1", monday + 1h).empty());
    // What comes late, or would shorten it, takes nothing back.
    CHECK(seen(used, monday + 10min, monday + 3h) == 0);
    CHECK(seen(used, monday + 30min, monday + 1h) == 0);
    CHECK(find_session(*store, used)->seen_at == monday + 20min);
}

void staff_sessions_are_ended_once(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto first = make.session("S1"), second = make.session("S1"), third = make.session("S1"),
               other = make.session("S4");
    must(put(*store, first, second, third, other));
    const auto end = [&](const StaffSessionRow& row, std::string_view staff_id, std::string_view by) {
        return writing(*store,
                       [&](Transaction& tx) { return tx.staff_sessions().end(row.id, staff_id, by, monday + 1min); });
    };
    CHECK(end(first, "S4", "S4") == 0);
    CHECK(same(*find_session(*store, first), first));
    CHECK(end(first, "S1", "S1") == 1);
    CHECK(end(first, "S1", "S5") == 0);
    CHECK(same(*find_session(*store, first), with(first, [](auto& row) {
        row.ended_by = "S1";
        row.ended_at = monday + 1min;
    })));
    CHECK(0 == writing(*store, [&](Transaction& tx) {
              return tx.staff_sessions().seen(first.id, monday + 2min, monday + 1h);
          }));
    CHECK(2 ==
          writing(*store, [](Transaction& tx) { return tx.staff_sessions().end_all_of("S1", {}, monday + 2min); }));
    CHECK(find_session(*store, second)->ended_by.empty());
    CHECK(find_session(*store, third)->ended_at == monday + 2min);
    CHECK(find_session(*store, first)->ended_at == monday + 1min);
    CHECK(live(*store, "S1", monday + 3min).empty());
    CHECK(live(*store, "S4", monday + 3min).size() == 1);
}

}  // namespace

void add_staff_sessions(std::vector<Clause>& all) {
    all.push_back(
        {"sessions of the centre's people come back by token, by person and by id", staff_sessions_come_back});
    all.push_back({"a session is not live from either of its ends on, of which one moves with its use", run_out});
    all.push_back(
        {"a session is ended once, by its person or with all of his, and stays", staff_sessions_are_ended_once});
}

}  // namespace hcp::contract
