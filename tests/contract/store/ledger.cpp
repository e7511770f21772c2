#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

#include <algorithm>
#include <limits>

namespace hcp::contract {
namespace {

void goes_on_by_lane(Database& database) {
    const auto store = database.open();
    Samples make;
    std::vector<LedgerRow> entries;
    for (const std::int32_t lane : {5, 1, 1023})
        for (std::int64_t seq = 1; seq <= lane % 7 + 3; ++seq)
            entries.push_back({lane, seq, 1, monday, make.bytes(150), make.digest(), make.digest()});
    CHECK(reading(*store, [](Snapshot& rows) { return rows.ledger().heads(); }).empty());
    writing(*store, [&](Transaction& rows) { return rows.ledger().append(entries); });
    const auto heads = reading(*store, [](Snapshot& rows) { return rows.ledger().heads(); });
    REQUIRE(heads.size() == 3);
    CHECK(std::is_sorted(heads.begin(), heads.end(), [](const auto& a, const auto& b) { return a.lane < b.lane; }));
    for (const auto& head : heads) {
        CHECK(head.seq == head.lane % 7 + 3);
        const auto last = std::find_if(entries.begin(), entries.end(),
                                       [&](const auto& e) { return e.lane == head.lane && e.seq == head.seq; });
        CHECK(head.hash == last->hash);
    }
    const auto page = reading(*store, [](Snapshot& rows) { return rows.ledger().after(5, 2, 3); });
    REQUIRE(page.size() == 3);
    CHECK(same(page[0], entries[2]));
    CHECK(page[2].seq == 5);
}

void a_place_is_taken_once(Database& database) {
    const auto store = database.open();
    Samples make;
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    const LedgerRow entry{7, 1, 3, monday, make.bytes(), make.digest(), make.digest()};
    const LedgerRow last{2, most, 1, monday, make.bytes(), make.digest(), make.digest()};
    must(put(*store, entry, last));
    check_taken(*store, entry);
    CHECK(reading(*store, [](Snapshot& rows) { return rows.ledger().heads(); }).at(0).seq == most);
}

}  // namespace

void add_ledger(std::vector<Clause>& all) {
    all.push_back({"each lane of the ledger has its own head", goes_on_by_lane});
    all.push_back({"a place in the ledger is taken once, up to the last", a_place_is_taken_once});
}

}  // namespace hcp::contract
