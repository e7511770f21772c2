#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

std::vector<ClockMarkRow> all_marks(Store& store) {
    return reading(store, [](Snapshot& rows) { return rows.clock_marks().all(); });
}
void put_mark(Store& store, const ClockMarkRow& row) {
    must(store.write([&](Transaction& tx) { return tx.clock_marks().put(row); }));
}

void each_its_own(Database& database) {
    const auto store = database.open();
    CHECK(all_marks(*store).empty());
    const ClockMarkRow one{1, monday, std::nullopt, std::nullopt}, two{2, monday + 1h, monday + 2h, monday - 1h};
    put_mark(*store, two);
    put_mark(*store, one);
    const auto both = all_marks(*store);
    REQUIRE(both.size() == 2);
    CHECK(same(both[0], one));
    CHECK(same(both[1], two));
    const ClockMarkRow later{2, monday + 3h, std::nullopt, monday};
    put_mark(*store, later);
    CHECK(same(all_marks(*store)[0], one));
    CHECK(same(all_marks(*store)[1], later));
}

void confirmed_for_all(Database& database) {
    const auto store = database.open();
    const auto confirm = [&](Instant now) {
        return writing(*store, [&](Transaction& tx) { return tx.clock_marks().confirm(now); });
    };
    CHECK(confirm(monday) == 0);
    put_mark(*store, {1, monday + 8760h, std::nullopt, std::nullopt});
    put_mark(*store, {2, monday, monday + 8760h, monday - 1h});
    CHECK(confirm(monday + 1h) == 2);
    for (const auto& row : all_marks(*store))
        CHECK(same(row, ClockMarkRow{row.instance_no, monday + 1h, std::nullopt, monday + 1h}));
}

}  // namespace

void add_clock_marks(std::vector<Clause>& all) {
    all.push_back({"what each instance knew of the time comes back, the last it wrote", each_its_own});
    all.push_back({"a clock that is confirmed is confirmed for all instances", confirmed_for_all});
}

}  // namespace hcp::contract
