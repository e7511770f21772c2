#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

void references_come_back(Database& database) {
    const auto store = database.open();
    const ReferenceRow older{ReferenceKind::calendar, "2025", std::string(64, 'a'), "2025-01-01,休\n", monday - 24h};
    const ReferenceRow newer{ReferenceKind::calendar, "2026", std::string(64, 'b'), std::string(100'000, 'x') + "春节",
                             monday};
    const ReferenceRow policy{ReferenceKind::policy, "2026", std::string(64, 'c'), "x", monday};
    must(put(*store, newer, older, policy));
    const auto found = reading(*store, [&](Snapshot& rows) { return rows.references().of(ReferenceKind::calendar); });
    REQUIRE(found.size() == 2);
    CHECK(same(found[0], older));
    CHECK(same(found[1], newer));
    check_taken(*store, policy);
}

void the_newest_is_known(Database& database) {
    const auto store = database.open();
    const auto newest = [&] { return reading(*store, [](Snapshot& rows) { return rows.references().newest(); }); };
    CHECK(newest() == NewestRules{});
    const auto row = [](const std::string& version, Instant loaded, ReferenceKind kind = ReferenceKind::calendar) {
        return ReferenceRow{kind, version, std::string(64, 'a'), "x", loaded};
    };
    must(put(*store, row("2026@9", monday), row("2026@10", monday + 1h), row("z", monday + 2h, ReferenceKind::tags)));
    CHECK(newest() == NewestRules{"2026@10", 0});
    must(put(*store, row("2025", monday + 3h)));
    CHECK(newest() == NewestRules{"2025", 0});
}

}  // namespace

void add_references(std::vector<Clause>& all) {
    all.push_back({"loaded files come back by kind, the oldest first, each version once", references_come_back});
    all.push_back({"the calendar that came last is known, whatever its name", the_newest_is_known});
}

}  // namespace hcp::contract
