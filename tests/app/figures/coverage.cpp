#include "plugin/app/figures/coverage.hpp"

#include "tests/app/people/centre.hpp"

#include <catch2/catch.hpp>

#include <array>

using namespace hcp;
using namespace hcp::domain;
using namespace hcp::test;

namespace {

// D1 has A1 and A2, D2 has B1; S1 and S3 are D1's, S2 and S4 are D2's, S8 is of a department without an item.
struct Covering : Centre {
    Covering() {
        auto people = everybody();
        people.push_back(line("S8", "D8"));
        REQUIRE(done(import(people)).faults.empty());
        REQUIRE(store->write([&](ports::Transaction& tx) -> ports::result<void> {
            const auto release = [&](auto& editions, auto one) -> ports::result<void> {
                const auto code = code_of(one);
                const ports::EditionRow<decltype(one)> row{std::move(one), {}};
                HCP_CHECK(editions.insert(std::span{&row, 1}));
                HCP_CHECK(editions.release(code, 1, "S3", clock.now()));
                return {};
            };
            for (const auto* id : {"D1", "D2"})
                HCP_CHECK(release(tx.departments(), Department{id, std::string{"部门"} + id, {}, {}, {}, {}, {}}));
            for (const auto* code : {"A1", "A2", "B1", "C1"}) {
                Item item;
                item.code = code;
                item.name = std::string{"事项"} + code;
                item.department_id = *code == 'A' ? "D1" : "D2";
                if (*code == 'C') item.until = day_of(clock.now()) - std::chrono::days{1};
                HCP_CHECK(release(tx.item_editions(), std::move(item)));
            }
            return {};
        }));
        clock.set(at(2026, 9, 24, 15h));
    }
    Completion opened(const std::string& case_no, const std::string& item, Secrecy secrecy = open_to_all) {
        auto event = completion(case_no);
        event.item_code = item;
        event.department_id = "D1";
        event.secrecy = secrecy;
        apply({event});
        return event;
    }
    app::Coverage of(Day from, Day to) {
        constexpr std::array configured{Channel::mobile, Channel::host};
        return *app::coverage(*store, keys, from, to, configured, clock.now(), {});
    }
    app::Coverage of_the_day() {
        const auto today = day_of(clock.now());
        return of(today, today + std::chrono::days{1});
    }
};

std::vector<std::string> gaps_of(const app::Covered& one) {
    std::vector<std::string> gaps;
    for (const auto& gap : one.gaps) gaps.push_back(gap.code + gap.name);
    return gaps;
}
using Gaps = std::vector<std::string>;

}  // namespace

SCENARIO("every item, department, person and channel without an evaluation has its name (M1.3)", "[figures]") {
    Covering centre;
    const auto before = centre.of_the_day();
    CHECK(before.items.all == 3);  // one has ended
    CHECK(before.items.covered == 0);
    CHECK(before.departments.all == 2);
    CHECK(before.people.all == 6);  // who is of a department that has items
    CHECK(gaps_of(before.channels) == Gaps{"2手机", "6交易平台"});

    const auto event = centre.opened("C1", "A1");
    REQUIRE(centre.rate(event, Level::satisfied, centre.clock.now()).kind == app::RatingReply::Kind::decided);
    const auto after = centre.of_the_day();
    CHECK(after.items.covered == 1);
    CHECK(gaps_of(after.items) == Gaps{"A2事项A2", "B1事项B1"});
    CHECK(gaps_of(after.departments) == Gaps{"D2部门D2"});
    CHECK(after.people.covered == 1);
    CHECK(gaps_of(after.people) == Gaps{"S2姓名S2", "S3姓名S3", "S4姓名S4", "S5姓名S5", "S6姓名S6"});
    CHECK(gaps_of(after.channels) == Gaps{"6交易平台"});
    CHECK(after.unreadable == 0);

    const auto tomorrow = day_of(centre.clock.now()) + std::chrono::days{1};
    CHECK(centre.of(tomorrow, tomorrow + std::chrono::days{1}).items.covered == 0);
}

SCENARIO("a window of the roster is covered once somebody has come to it, and one that nobody has is named (M1.3)",
         "[figures]") {
    Covering centre;
    CHECK(gaps_of(centre.of_the_day().windows) == Gaps{"A01部门D1"});  // D8's is no window of what can be rated
    const auto came = [&](const std::string& visit_no, const std::string& window) {
        Visit visit;
        visit.host_id = "H1";
        visit.visit_no = visit_no;
        visit.visited_at = centre.clock.now();
        visit.window = window;
        centre.apply({visit});
    };
    came("V1", "A01");
    came("V2", "Z99");
    came("V3", "");
    const auto after = centre.of_the_day();
    CHECK(after.windows.all == 1);
    CHECK(after.windows.covered == 1);
    CHECK(after.strange_windows == std::vector<std::string>{"Z99"});
    const auto tomorrow = day_of(centre.clock.now()) + std::chrono::days{1};
    CHECK(centre.of(tomorrow, tomorrow + std::chrono::days{1}).windows.covered == 0);
}

SCENARIO("what is secret covers nothing before its bids are open (E14)", "[figures]") {
    Covering centre;
    const auto event = centre.opened("C1", "A1", Secrecy::until_opening());
    const auto secret = centre.of_the_day();
    CHECK(secret.items.covered == 0);
    CHECK(secret.people.covered == 0);
    centre.apply({BidsOpened{event.key.host_id, event.project_no, {}, centre.clock.now()}});
    CHECK(centre.of_the_day().items.covered == 1);
    CHECK(centre.of_the_day().people.covered == 1);
}
