#include "adapters/web/connection_budget.hpp"

#include <catch2/catch.hpp>

using namespace hcp::web;

SCENARIO("connections leave files for the host, however few the process may open", "[web]") {
    for (const std::size_t limit : {20u, 64u, 200u, 1024u, 4096u, 20'000u}) {
        INFO(limit);
        const auto budget = ConnectionBudget::within(limit, 100'000);
        CHECK(budget.people + budget.operators + budget.reserve <= limit);
        CHECK(budget.reserve >= std::min<std::size_t>(limit / 2, 512));
        CHECK(budget.people >= 1);
        CHECK(budget.operators >= 1);
    }
    CHECK(ConnectionBudget::within(1024, 2000).people == 496);
    CHECK(ConnectionBudget::within(200, 2000).people == 84);
}

SCENARIO("a limit that is high enough gives what was asked, and the one that is named is high enough", "[web]") {
    for (const std::size_t wanted : {10u, 300u, 2000u, 100'000u}) {
        INFO(wanted);
        CHECK(ConnectionBudget::within(ConnectionBudget::limit_for(wanted), wanted).people == wanted);
        CHECK(ConnectionBudget::within(1'000'000'000, wanted).people == wanted);
    }
}
