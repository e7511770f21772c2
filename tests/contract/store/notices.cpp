#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

#include <cstdint>
#include <vector>

namespace hcp::contract {
namespace {

using Ids = std::vector<NoticeId>;

Ids ids_of(const std::vector<NoticeRow>& rows) {
    Ids ids;
    for (const auto& row : rows) ids.push_back(row.id);
    return ids;
}

void come_back_to_whose_they_are(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto first = make.notice("S1"), other = make.notice("S4"), bare = with(make.notice("S1"), [](NoticeRow&row) {
                                                                         row.kind = NoticeKind::guide_to_renew;
                                                                         row.caused_by.clear();
                                                                         row.read_at = row.told_at = monday + 1us;
                                                                     });
    must(put(*store, bare, other, first));
    const auto of = [&](const char* who, NoticeId before, std::size_t limit) {
        return reading(*store, [&](Snapshot& rows) { return rows.notices().of(who, before, limit); });
    };
    const auto all = of("S1", NoticeId{INT64_MAX}, 9);
    REQUIRE(all.size() == 2);
    CHECK(same(all[0], bare));
    CHECK(same(all[1], first));
    CHECK(ids_of(of("S1", NoticeId{INT64_MAX}, 1)) == Ids{bare.id});
    CHECK(ids_of(of("S1", bare.id, 9)) == Ids{first.id});
    CHECK(of("S9", NoticeId{INT64_MAX}, 9).empty());
    const auto known = [&](const char* who, NoticeKind kind, const std::string& about) {
        return reading(*store, [&](Snapshot& rows) { return rows.notices().known(who, kind, about); });
    };
    CHECK(known("S1", first.kind, first.about) == 1);
    CHECK(known("S4", first.kind, first.about) == 0);
    CHECK(known("S1", NoticeKind::role_ended, first.about) == 0);
    CHECK(known("S1", first.kind, "0") == 0);
    check_taken(*store, first);
    check_taken(*store, with(first, [&](NoticeRow& row) { row.id = make.id<NoticeId>(); }));
}

void are_read_by_whose_they_are(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto one = make.notice("S1"), two = make.notice("S1"), other = make.notice("S4");
    must(put(*store, one, two, other));
    const auto unread = [&] { return reading(*store, [](Snapshot& rows) { return rows.notices().unread_of("S1"); }); };
    const auto read = [&](NoticeId id, const char* who) {
        return writing(*store, [&](Transaction& tx) { return tx.notices().mark_read(id, who, monday + 1h); });
    };
    CHECK(unread() == 2);
    CHECK(read(one.id, "S4") == 0);
    CHECK(read(one.id, "S1") == 1);
    CHECK(read(one.id, "S1") == 0);
    CHECK(unread() == 1);
    const auto all = reading(*store, [](Snapshot& rows) { return rows.notices().of("S1", NoticeId{INT64_MAX}, 9); });
    CHECK(all[1].read_at == monday + 1h);
    CHECK_FALSE(all[0].read_at);
}

void are_told_once(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto late = with(make.notice("S1"), [](NoticeRow&row) { row.made_at = monday + 1h; }),
               early = make.notice("S1"),
               old = with(make.notice("S4"), [](NoticeRow&row) { row.made_at = monday - 1us; });
    must(put(*store, late, early, old));
    const auto untold = [&](std::size_t limit) {
        return ids_of(reading(*store, [&](Snapshot& rows) { return rows.notices().untold(monday, limit); }));
    };
    const auto mark = [&](NoticeId id, Instant at) {
        return writing(*store, [&](Transaction& tx) { return tx.notices().mark_told(id, at); });
    };
    const auto unmark = [&](NoticeId id, Instant at) {
        return writing(*store, [&](Transaction& tx) { return tx.notices().unmark_told(id, at); });
    };
    CHECK(untold(9) == Ids{early.id, late.id});
    CHECK(untold(1) == Ids{early.id});
    CHECK(mark(early.id, monday + 2h) == 1);
    CHECK(mark(early.id, monday + 3h) == 0);
    CHECK(untold(9) == Ids{late.id});
    CHECK(unmark(early.id, monday + 3h) == 0);
    CHECK(unmark(early.id, monday + 2h) == 1);
    CHECK(untold(9) == Ids{early.id, late.id});
}

}  // namespace

void add_notices(std::vector<Clause>& all) {
    all.push_back({"notices come back to whose they are, and nobody has one twice", come_back_to_whose_they_are});
    all.push_back({"a notice is read once, by whose it is", are_read_by_whose_they_are});
    all.push_back({"the host is told of a notice once, unless telling is taken back", are_told_once});
}

}  // namespace hcp::contract
