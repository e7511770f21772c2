#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

namespace hcp::contract {
namespace {

void numbers_are_leased(Database& database) {
    const auto one = database.open(), two = database.open();
    CHECK(must(one->lease_instance("甲", monday, monday + 60s)) == InstanceNo{1});
    CHECK(must(two->lease_instance("乙", monday, monday + 60s)) == InstanceNo{2});
    CHECK(must(one->lease_instance("甲", monday + 30s, monday + 90s)) == InstanceNo{1});
    // The second ends at 60 s, the first was renewed until 90 s.
    CHECK(must(two->lease_instance("丙", monday + 60s - 1us, monday + 120s)) == InstanceNo{3});
    CHECK(must(two->lease_instance("丁", monday + 60s, monday + 120s)) == InstanceNo{2});
    CHECK(must(two->lease_instance("乙", monday + 60s, monday + 120s)) == InstanceNo{4});
}

void all_numbers_taken_is_a_conflict(Database& database) {
    const auto store = database.open();
    for (int i = 1; i <= 1023; ++i) must(store->lease_instance("持有者" + std::to_string(i), monday, monday + 60s));
    CHECK(store->lease_instance("后来者", monday, monday + 60s).error() == store_errc::conflict);
    CHECK(must(store->lease_instance("后来者", monday + 60s, monday + 120s)) == InstanceNo{1});
}

void a_wrong_clock_holds_no_number(Database& database) {
    const auto store = database.open();
    const auto ahead = monday + std::chrono::days{365};
    CHECK(must(store->lease_instance("甲", ahead, ahead + 60s)) == InstanceNo{1});
    CHECK(must(store->lease_instance("乙", monday, monday + 600s)) == InstanceNo{1});
    CHECK(must(store->lease_instance("丙", monday, monday + 60s)) == InstanceNo{2});  // another may lease for longer
}

}  // namespace

void add_instances(std::vector<Clause>& all) {
    all.push_back({"a number belongs to one live instance and its holder renews it", numbers_are_leased});
    all.push_back(
        {"a number leased by a clock that stood ahead is free when it is right", a_wrong_clock_holds_no_number});
    all.push_back({"when every number is taken the next instance is told so", all_numbers_taken_is_a_conflict});
}

}  // namespace hcp::contract
