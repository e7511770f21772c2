#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

void staff_come_back(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto first = make.staff("工号-2"), moved = make.staff("工号-2", 2), other = make.staff("工号-1");
    auto bare = make.staff("工号-3");
    bare.windows.clear();
    bare.until.reset();
    must(put(*store, moved, bare, first, other));
    const auto all = reading(*store, [](Snapshot& rows) { return rows.staff().all(); });
    REQUIRE(all.size() == 4);
    CHECK(same(all[0], other));
    CHECK(same(all[1], first));
    CHECK(same(all[2], moved));
    CHECK(same(all[3], bare));
    const std::vector<std::string> asked{"工号-3", "工号-2", "nobody"};
    const auto some = reading(*store, [&](Snapshot& rows) { return rows.staff().of(asked); });
    REQUIRE(some.size() == 3);
    CHECK(same(some[0], first));
    CHECK(same(some[1], moved));
    CHECK(same(some[2], bare));
    CHECK(reading(*store, [](Snapshot& rows) { return rows.staff().of({}); }).empty());
    check_taken(*store, moved);
}

}  // namespace

void add_staff(std::vector<Clause>& all) {
    all.push_back({"the roster's versions come back by person and revision, each once", staff_come_back});
}

}  // namespace hcp::contract
