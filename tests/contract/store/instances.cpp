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

}  // namespace

void add_instances(std::vector<Clause>& all) {
    all.push_back({"a number belongs to one live instance and its holder renews it", numbers_are_leased});
    all.push_back({"several that come at once have a number each", several_at_once_have_numbers_of_their_own});
    all.push_back(
        {"a number leased by a clock that stood ahead is free when it is right", a_wrong_clock_holds_no_number});
    all.push_back({"when every number is taken the next instance is told so", all_numbers_taken_is_a_conflict});
}

}  // namespace hcp::contract
