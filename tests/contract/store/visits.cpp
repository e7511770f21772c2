#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

void visits_come_back(Database& database) {
    const auto store = database.open();
    Samples make;
    const VisitRow visit{make.id<VisitId>(), make.digest(), "平台一", "访-1",  Line::mining, monday,     "三号窗口",
                         "部门-1",           "服务部",      "事项-1", "工号9", make.bytes(), monday + 1s};
    const VisitRow bare{
        make.id<VisitId>(), make.digest(), "平台一", "访-2", Line::mining, monday, "", "", "", "", "", {}, monday};
    must(put(*store, visit, bare));
    const std::vector keys{visit.key_digest, make.digest()};
    CHECK(reading(*store, [&](Snapshot& rows) { return rows.visits().known(keys); }) == std::vector{true, false});
    const auto first = reading(*store, [&](Snapshot& rows) { return rows.visits().after(VisitId{}, 1); });
    REQUIRE(first.size() == 1);
    CHECK(same(first[0], visit));
    const auto rest = reading(*store, [&](Snapshot& rows) { return rows.visits().after(visit.id, 10); });
    REQUIRE(rest.size() == 1);
    CHECK(same(rest[0], bare));
    check_taken(*store, with(visit, [&](auto& r) { r.id = make.id<VisitId>(); }));
}

}  // namespace

void add_visits(std::vector<Clause>& all) {
    all.push_back({"visits come back by id, each once", visits_come_back});
}

}  // namespace hcp::contract
