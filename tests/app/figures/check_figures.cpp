#include "plugin/app/figures/compare_figures.hpp"

#include "tests/support/failing_store.hpp"
#include "tests/support/memory_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

struct Checked : MemoryDesk {
    void check() { app::check_figures(faulty, clock.now(), log, alarms); }
    // As if a counter had gone wrong.
    void miscount(Day day, std::int64_t by) {
        const Count count{day, Line::government, "D1", "ZC-01", Metric::opened, by};
        REQUIRE(store->write([&](ports::Transaction& tx) {
                         return tx.figures().add(std::span{&count, 1});
                     })
                    .has_value());
    }

    FailingStore faulty{*store};
};

}  // namespace

SCENARIO("figures that the rows bear out are no alarm", "[figures]") {
    Checked desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    desk.rate(event, Level::satisfied, desk.clock.now());
    desk.check();
    CHECK_FALSE(desk.alarms.standing("figures"));
    CHECK(desk.log.lines.empty());
}

SCENARIO("a figure that the rows do not bear out is an alarm until it is right again", "[figures]") {
    Checked desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    const auto today = day_of(event.completed_at);
    desk.miscount(today, 2);
    desk.check();
    CHECK(desk.alarms.standing("figures"));
    CHECK(desk.log.said("2026-09-24 政府采购 部门 D1 事项 ZC-01 指标 1：累计 3，重算 1"));
    WHEN("it is put right") {
        desk.miscount(today, -2);
        desk.check();
        CHECK_FALSE(desk.alarms.standing("figures"));
    }
    WHEN("the store does not answer, nobody knows better") {
        desk.miscount(today, -2);
        desk.faulty.error = ports::store_errc::unavailable;
        desk.faulty.read_failures = 1;
        desk.check();
        CHECK(desk.alarms.standing("figures"));
    }
}

SCENARIO("completions of the last 400 days are compared, today's among them", "[figures]") {
    Checked desk;
    const auto today = day_of(desk.clock.now());
    for (const auto& [days, compared] : {std::pair{0, true}, std::pair{400, true}, std::pair{401, false}}) {
        const auto day = today - std::chrono::days{days};
        desk.miscount(day, 1);
        desk.check();
        CHECK(desk.alarms.standing("figures") == compared);
        desk.miscount(day, -1);
    }
}
