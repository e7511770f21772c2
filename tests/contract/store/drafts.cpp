#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

void carry_their_last_tap(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto o = make.open(*store);
    const auto draft = make.draft(o.evaluation);
    must(put(*store, draft));
    REQUIRE(view_of(*store, o.evaluation).draft);
    CHECK(same(*view_of(*store, o.evaluation).draft, draft));
    auto later = draft;
    later.level = Level::very_satisfied;
    later.tags = {};
    later.sealed_text = {};
    later.channel = Channel::kiosk;
    later.last_tapped_at = later.changed_at = monday + 5h;
    must(put(*store, later));
    const auto stored = view_of(*store, o.evaluation).draft;
    REQUIRE(stored);
    CHECK(same(*stored, later));
}

void are_dropped(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto o = make.open(*store), other = make.open(*store);
    must(put(*store, make.draft(o.evaluation), make.draft(other.evaluation)));
    writing(*store, [&](Transaction& rows) { return rows.drafts().drop(std::span{&o.evaluation.id, 1}); });
    writing(*store, [&](Transaction& rows) { return rows.drafts().drop({}); });
    CHECK_FALSE(view_of(*store, o.evaluation).draft);
    CHECK(view_of(*store, other.evaluation).draft);
}

}  // namespace

void add_drafts(std::vector<Clause>& all) {
    all.push_back({"a changed draft carries the time of its last tap (E55)", carry_their_last_tap});
    all.push_back({"a draft is dropped", are_dropped});
}

}  // namespace hcp::contract
