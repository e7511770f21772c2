#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

#include <algorithm>
#include <thread>

namespace hcp::contract {
namespace {

void numbers_are_leased(Database& database) {
    const auto one = database.open(), two = database.open();
    CHECK(must(one->lease_instance("甲", monday, monday + 60s)) == InstanceNo{1});
    CHECK(must(two->lease_instance("乙", monday, monday + 60s)) == InstanceNo{2});
    CHECK(must(one->lease_instance("甲", monday + 30s, monday + 90s)) == InstanceNo{1});
    CHECK(must(one->lease_instance("甲", monday + 30s, monday + 90s)) == InstanceNo{1});  // and nothing is changed
    // The second's is over, and its holder may be asleep: as long as there are numbers that were nobody's it keeps it.
    CHECK(must(two->lease_instance("丙", monday + 60s, monday + 120s)) == InstanceNo{3});
    CHECK(must(two->lease_instance("乙", monday + 600s, monday + 660s)) == InstanceNo{2});
}

void several_at_once_have_numbers_of_their_own(Database& database) {
    constexpr int several = 8;
    std::vector<std::unique_ptr<Store>> stores;
    for (int i = 0; i < several; ++i) stores.push_back(database.open());
    std::vector<std::int32_t> numbers(several);
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < several; ++i)
            threads.emplace_back([&, i] {
                if (const auto number = stores[i]->lease_instance("持有者" + std::to_string(i), monday, monday + 60s))
                    numbers[i] = number->value();
            });
    }
    std::ranges::sort(numbers);
    for (int i = 0; i < several; ++i) CHECK(numbers[static_cast<std::size_t>(i)] == i + 1);
}

void all_numbers_taken_is_a_conflict(Database& database) {
    const auto store = database.open();
    for (int i = 1; i <= 1023; ++i) must(store->lease_instance("持有者" + std::to_string(i), monday, monday + 60s));
    CHECK(store->lease_instance("后来者", monday, monday + 60s).error() == store_errc::conflict);
    CHECK(must(store->lease_instance("后来者", monday + 60s, monday + 120s)) == InstanceNo{1});
    // Whose number that was comes back, and has to look for another.
    CHECK(must(store->lease_instance("持有者1", monday + 60s, monday + 120s)) == InstanceNo{2});
}

void a_wrong_clock_holds_no_number(Database& database) {
    const auto store = database.open();
    const auto ahead = monday + std::chrono::days{365};
    for (int i = 1; i <= 1023; ++i) {
        const auto from = i == 500 ? ahead : i == 600 ? monday + 600s : monday;  // some lease for longer
        must(store->lease_instance("持有者" + std::to_string(i), from, from + 60s));
    }
    CHECK(must(store->lease_instance("乙", monday, monday + 60s)) == InstanceNo{500});
    CHECK(store->lease_instance("丙", monday, monday + 60s).error() == store_errc::conflict);
}

std::vector<InstanceSummary> all_instances(Store& store) {
    return reading(store, [](Snapshot& rows) { return rows.instances().all(); });
}
InstanceStateRow state_of(std::int32_t number) {
    return {number, "大厅一", "1.2.3", monday, monday + 20s, std::nullopt, std::nullopt, 300};
}
std::int64_t hand_over(Store& store, std::int32_t number, std::string_view token, Instant now) {
    return writing(store, [&](Transaction& tx) { return tx.instances().hand_over(number, token, now); });
}

void each_says_of_itself(Database& database) {
    const auto store = database.open();
    CHECK(all_instances(*store).empty());
    must(store->lease_instance("甲", monday, monday + 60s));
    must(store->lease_instance("乙", monday, monday + 90s));
    auto said = state_of(2);
    must(store->write([&](Transaction& tx) { return tx.instances().tell(said); }));
    auto all = all_instances(*store);
    REQUIRE(all.size() == 2);
    CHECK(all[0].instance_no == 1);
    CHECK(all[0].leased_until == monday + 60s);
    CHECK_FALSE(all[0].state);
    CHECK(all[0].claimed == 0);
    REQUIRE(all[1].state);
    CHECK(same(*all[1].state, said));
    said.stopped_at = monday + 30s;
    said.journal_events = 0;
    said.name.clear();
    must(store->write([&](Transaction& tx) { return tx.instances().tell(said); }));
    all = all_instances(*store);
    CHECK(same(*all[1].state, said));
    CHECK(reading(*store, [](Snapshot& rows) { return rows.instances().held_by("乙"); }) == 2);
    CHECK_FALSE(reading(*store, [](Snapshot& rows) { return rows.instances().held_by("丙"); }));
    said.retired_at = monday + 31s;
    must(store->write([&](Transaction& tx) { return tx.instances().tell(said); }));
    CHECK(all_instances(*store).size() == 1);
}

void what_is_claimed_is_counted(Database& database) {
    const auto store = database.open();
    must(store->lease_instance("甲", monday, monday + 60s));
    must(store->lease_instance("乙", monday, monday + 60s));
    Samples make;
    for (int i = 0; i < 3; ++i) {
        auto delivery = make.delivery(make.open(*store).evaluation);
        delivery.created_at = delivery.next_at = monday;
        must(put(*store, delivery));
    }
    const auto claim = [&](std::int32_t owner, std::size_t limit, Instant until) {
        return writing(*store, [&](Transaction& tx) { return tx.deliveries().claim({owner, monday, until, limit}); });
    };
    REQUIRE(claim(2, 1, monday + 60s).size() == 1);
    REQUIRE(claim(2, 1, monday + 90s).size() == 1);
    const auto all = all_instances(*store);
    CHECK(all[0].claimed == 0);
    CHECK_FALSE(all[0].claimed_until);
    CHECK(all[1].claimed == 2);
    CHECK(all[1].claimed_until == monday + 90s);
}

void a_number_is_handed_over_when_its_holder_is_gone(Database& database) {
    const auto asleep = database.open(), other = database.open();
    must(asleep->lease_instance("甲", monday, monday + 60s));
    CHECK(hand_over(*other, 7, "乙", monday) == 0);
    const auto early = other->write([&](Transaction& tx) -> result<void> {
        HCP_CHECK(tx.instances().hand_over(1, "乙", monday + 59s));
        return {};
    });
    CHECK(early.error() == store_errc::conflict);
    CHECK(hand_over(*other, 1, "乙", monday + 60s) == 1);
    CHECK(must(other->lease_instance("乙", monday + 60s, monday + 120s)) == InstanceNo{1});
    CHECK(must(asleep->lease_instance("甲", monday + 60s, monday + 120s)) == InstanceNo{2});
    // One that says that it has stopped need not be waited for.
    auto stopped = state_of(1);
    stopped.stopped_at = monday + 61s;
    must(other->write([&](Transaction& tx) { return tx.instances().tell(stopped); }));
    CHECK(hand_over(*other, 1, "丙", monday + 62s) == 1);
}

}  // namespace

void add_instances(std::vector<Clause>& all) {
    all.push_back({"a number belongs to one live instance and its holder renews it", numbers_are_leased});
    all.push_back({"several that come at once have a number each", several_at_once_have_numbers_of_their_own});
    all.push_back(
        {"a number leased by a clock that stood ahead is free when it is right", a_wrong_clock_holds_no_number});
    all.push_back({"what an instance says of itself comes back, until it is retired", each_says_of_itself});
    all.push_back({"of each instance it is known what it has claimed, and until when", what_is_claimed_is_counted});
    all.push_back({"the number of one that is gone goes to another token, of one that is there it does not",
                   a_number_is_handed_over_when_its_holder_is_gone});
    all.push_back({"when every number is taken the next instance is told so", all_numbers_taken_is_a_conflict});
}

}  // namespace hcp::contract
