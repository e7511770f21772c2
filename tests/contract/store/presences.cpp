#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

constexpr Day day_one = day_of(monday);

std::vector<PresenceRow> all_presences(Store& store) {
    return reading(store, [](Snapshot& rows) { return rows.presences().all(); });
}
std::vector<Day> lost_of(Store& store) {
    return reading(store, [](Snapshot& rows) { return rows.presences().lost_days(); });
}
void put_presence(Store& store, const PresenceRow& row) {
    must(store.write([&](Transaction& tx) { return tx.presences().put(row); }));
}

void go_on(Database& database) {
    const auto store = database.open();
    CHECK(all_presences(*store).empty());
    const PresenceRow later{1, monday + 2h, monday + 3h, std::nullopt}, other{2, monday + 1h, monday + 5h, monday};
    PresenceRow first{1, monday, monday + 1h, std::nullopt};
    for (const auto& row : {later, other, first}) put_presence(*store, row);
    first.until = monday + 90min;
    first.asked_at = monday + 80min;
    put_presence(*store, first);
    const auto all = all_presences(*store);
    REQUIRE(all.size() == 3);
    CHECK(same(all[0], first));
    CHECK(same(all[1], other));
    CHECK(same(all[2], later));
}

void days_are_lost_once(Database& database) {
    const auto store = database.open();
    CHECK(lost_of(*store).empty());
    const std::vector<Day> days{day_one + std::chrono::days{3}, day_one};
    const auto lose = [&](std::span<const Day> which) {
        return store->write([&](Transaction& tx) { return tx.presences().lose(which, monday); });
    };
    must(lose(days));
    must(lose({}));
    CHECK(lost_of(*store) == std::vector{day_one, day_one + std::chrono::days{3}});
    CHECK(lose(std::span{days}.first(1)).error() == store_errc::conflict);
    CHECK(lost_of(*store).size() == 2);
}

}  // namespace

void add_presences(std::vector<Clause>& all) {
    all.push_back({"when each instance ran comes back by its beginning, as far as it went (E51)", go_on});
    all.push_back({"a day is lost once", days_are_lost_once});
}

}  // namespace hcp::contract
