#include "tests/ctl/working_desk.hpp"

using namespace hcp;
using namespace hcp::test;

SCENARIO("what the clock shows is confirmed for every instance that has kept the time", "[ctl]") {
    WorkingDesk desk;
    const auto ahead = desk.clock.now() + std::chrono::days{36'500};
    const auto put = [&](const ports::ClockMarkRow& row) {
        REQUIRE(desk.store->write([&](ports::Transaction& tx) { return tx.clock_marks().put(row); }));
    };
    put({1, ahead, std::nullopt, std::nullopt});
    put({2, desk.clock.now(), ahead, std::nullopt});
    const auto said = desk.ctl({"clock", "confirm"});
    CHECK(said.code == 0);
    CHECK(has(said.out, "已确认系统时钟正确"));
    const auto rows = desk.ask([](ports::Snapshot& all) { return all.clock_marks().all(); });
    REQUIRE(rows.size() == 2);
    for (const auto& row : rows) {
        CHECK(row.newest < ahead);
        CHECK(row.confirmed_at == row.newest);
        CHECK_FALSE(row.ahead_since);
    }
}

SCENARIO("where no instance has kept the time there is nothing to confirm, and that is said", "[ctl]") {
    const WorkingDesk desk;
    const auto said = desk.ctl({"clock", "confirm"});
    CHECK(said.code == 1);
    CHECK(has(said.err, "无需确认"));
}
