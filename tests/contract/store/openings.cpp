#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

std::vector<OpeningRow> of(Store& store, const std::vector<std::string>& projects) {
    return reading(store, [&](Snapshot& rows) { return rows.openings().of_projects(projects); });
}

void openings_come_back(Database& database) {
    const auto store = database.open();
    const OpeningRow opening{"项目-甲", "标段一", monday, monday + 1s};
    const OpeningRow second_round{"项目-甲", "标段一", monday + 24h, monday + 25h};
    const OpeningRow other{"项目-丁", "标段一", monday, monday};
    must(put(*store, second_round, opening, other));
    auto found = of(*store, {"项目-乙", "项目-甲", "项目-甲"});
    REQUIRE(found.size() == 2);
    if (found[1].opened_at < found[0].opened_at) std::swap(found[0], found[1]);
    CHECK(same(found[0], opening));
    CHECK(same(found[1], second_round));
    check_taken(*store, opening);
    const auto all = reading(*store, [](Snapshot& rows) { return rows.openings().all(); });
    CHECK(all.size() == 3);
}

void a_whole_project(Database& database) {
    const auto store = database.open();
    const OpeningRow whole{"项目-甲", "", monday, monday};
    must(put(*store, whole));
    const auto found = of(*store, {"项目-甲"});
    REQUIRE(found.size() == 1);
    CHECK(found[0].section.empty());
    check_taken(*store, whole);
}

}  // namespace

void add_openings(std::vector<Clause>& all) {
    all.push_back({"openings come back by project, each round once", openings_come_back});
    all.push_back({"an opening of a whole project has no section", a_whole_project});
}

}  // namespace hcp::contract
