#include "plugin/app/figures/watch_figures.hpp"

#include "tests/support/failing_store.hpp"
#include "tests/support/memory_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

struct Watched : MemoryDesk {
    void look(const std::optional<ports::BridgeFigures>& bridge = {}) { watch.look(bridge); }
    template <class Work>
    void write(Work work) {
        REQUIRE(store->write([&](ports::Transaction& tx) -> ports::result<void> { return work(tx); }).has_value());
    }

    FailingStore faulty{*store};
    std::unique_ptr<ports::Journal> journal = open_journal();
    app::WatchFigures watch{{faulty, *journal, clock, meter, alarms, nobody}, {5000ms, std::chrono::days{90}}};
};

Completion secret(const std::string& case_no) {
    auto event = Desk::completion(case_no);
    event.secrecy = Secrecy::until_opening();
    return event;
}

}  // namespace

SCENARIO("where nothing is amiss no alarm is raised", "[figures]") {
    Watched desk;
    desk.apply({Desk::completion("C1")});
    desk.look();
    CHECK(desk.alarms.all().empty());
    CHECK(desk.meter.standing == 0);
    REQUIRE(desk.watch.queues());
    CHECK(desk.watch.queues()->open_evaluations == 1);
}

SCENARIO("before anybody looked there are no figures", "[figures]") {
    Watched desk;
    CHECK_FALSE(desk.watch.queues());
    CHECK_FALSE(desk.watch.has_looked());
    desk.look();
    CHECK(desk.watch.has_looked());
}

SCENARIO("a delivery that waits for a person is an alarm until it is put back", "[figures]") {
    Watched desk;
    desk.apply({Desk::completion("C1")});
    const auto id = desk.deliveries()[0].delivery.id;
    desk.write([&](ports::Transaction& tx) -> ports::result<void> {
        HCP_TRY(const auto works, tx.deliveries().claim({1, desk.clock.now(), desk.clock.now() + 1h, 1}));
        ports::DeliveryMark mark;
        mark.id = works.at(0).delivery.id;
        mark.state = DeliveryState::parked;
        mark.at = mark.next_at = desk.clock.now();
        return tx.deliveries().mark(1, std::span{&mark, 1});
    });
    desk.look();
    CHECK(desk.alarms.standing("parked"));
    CHECK(desk.meter.standing == 1);
    desk.write([&](ports::Transaction& tx) -> ports::result<void> {
        HCP_CHECK(tx.deliveries().holds().requeue(id, desk.clock.now(), desk.clock.now() + 24h));
        return {};
    });
    desk.look();
    CHECK_FALSE(desk.alarms.standing("parked"));
    CHECK(desk.meter.standing == 0);
}

SCENARIO("a bad review without its ticket is an alarm (M2.3)", "[figures]") {
    Watched desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    WHEN("it came in as reviews do") {
        desk.rate(event, Level::very_dissatisfied, desk.clock.now(), "资料反复提交，希望改进流程。");
        desk.look();
        CHECK_FALSE(desk.alarms.standing("bad_review_without_ticket"));
    }
    for (const auto level : {Level::dissatisfied, Level::basically_satisfied})
        WHEN("somebody put the row into the store by hand: " + std::string{text_of(level)}) {
            ports::RatingRow row;
            row.id = RatingId{1};
            row.evaluation_id = desk.view(event).evaluation.id;
            row.level = level;
            desk.write([&](ports::Transaction& tx) { return tx.ratings().insert(std::span{&row, 1}); });
            desk.look();
            CHECK(desk.alarms.standing("bad_review_without_ticket") == is_bad(level));
        }
}

SCENARIO("an item that no list has is an alarm until it is in one (E18)", "[figures]") {
    Watched desk;
    auto event = Desk::completion("C1");
    event.item_code = "XX-99";
    desk.apply({event});
    desk.look();
    CHECK(desk.alarms.standing("unclassified"));
    CHECK(desk.log.said("未归类"));
    CHECK(desk.view(event).evaluation.state == EvaluationState::open);  // it is rated all the same
    desk.write([&](ports::Transaction& tx) -> ports::result<void> {
        HCP_TRY(auto items, tx.catalogue().items());
        const auto unknown =
            std::find_if(items.begin(), items.end(), [](const auto& one) { return one.item_code == "XX-99"; });
        REQUIRE(unknown != items.end());
        unknown->classified = true;
        return tx.catalogue().put(std::span{&*unknown, 1});
    });
    desk.look();
    CHECK_FALSE(desk.alarms.standing("unclassified"));
}

SCENARIO("secrecy that lasts longer than its limit is an alarm, never a release (E14)", "[figures]") {
    Watched desk;
    const auto event = secret("C1");
    desk.apply({event});
    const auto limit = desk.clock.now() + std::chrono::days{90};
    desk.clock.set(limit);
    desk.look();
    CHECK_FALSE(desk.alarms.standing("secrecy"));
    desk.clock.set(limit + 1us);
    desk.look();
    CHECK(desk.alarms.standing("secrecy"));
    CHECK(desk.view(event).evaluation.secrecy == Secrecy::until_opening());
    THEN("the opening of its bids ends it") {
        desk.apply({BidsOpened{"H1", event.project_no, "", desk.clock.now()}});
        desk.look();
        CHECK_FALSE(desk.alarms.standing("secrecy"));
    }
}

SCENARIO("a bridge that holds back is an alarm that says why, until it does not", "[figures]") {
    Watched desk;
    ports::BridgeFigures bridge;
    bridge.breaker_open = true;
    bridge.breaker_reason = "连接超时";
    desk.look(bridge);
    CHECK(desk.alarms.standing("bridge"));
    CHECK(desk.log.said("连接超时"));
    WHEN("it sends again") {
        desk.look(ports::BridgeFigures{});
        CHECK_FALSE(desk.alarms.standing("bridge"));
    }
    WHEN("the store does not answer, it is told all the same") {
        desk.alarms.clear("bridge");
        desk.faulty.error = ports::store_errc::unavailable;
        desk.faulty.read_failures = 1;
        desk.look(bridge);
        CHECK(desk.alarms.standing("bridge"));
    }
}

SCENARIO("a server's clock that is further from ours than the limit is an alarm, whichever is behind (E24)",
         "[figures]") {
    Watched desk;
    for (const int side : {1, -1}) {
        desk.faulty.server_clock = desk.clock.now() + side * 5000ms;
        desk.look();
        CHECK_FALSE(desk.alarms.standing("clock_skew"));
        desk.faulty.server_clock = desk.clock.now() + side * 5001ms;
        desk.look();
        CHECK(desk.alarms.standing("clock_skew"));
        desk.faulty.server_clock = desk.clock.now();
        desk.look();
        CHECK_FALSE(desk.alarms.standing("clock_skew"));
    }
}

SCENARIO("a server that does not say its time leaves what was known of its clock", "[figures]") {
    Watched desk;
    desk.faulty.server_clock = desk.clock.now() + 1h;
    desk.look();
    REQUIRE(desk.alarms.standing("clock_skew"));
    desk.faulty.server_clock.reset();
    desk.look();
    CHECK(desk.alarms.standing("clock_skew"));
}

SCENARIO("figures that the store did not give are nobody's, and its alarms stand as they stood", "[figures]") {
    Watched desk;
    desk.apply({secret("C1")});
    desk.clock.set(desk.clock.now() + std::chrono::days{91});
    desk.look();
    REQUIRE(desk.watch.queues());
    desk.faulty.error = ports::store_errc::unavailable;
    desk.faulty.read_failures = 1;
    desk.look();
    CHECK_FALSE(desk.watch.queues());
    CHECK(desk.alarms.standing("secrecy"));
    THEN("they are there again once it answers") {
        desk.look();
        CHECK(desk.watch.queues());
    }
}

SCENARIO("a write-ahead log that somebody's reading keeps from starting over is an alarm until it is short again",
         "[figures]") {
    Watched desk;
    auto& journal = dynamic_cast<MemoryJournal&>(*desk.journal);
    constexpr std::int64_t heavy = std::int64_t{64} << 20;
    desk.faulty.wal_bytes = heavy - 1;
    journal.wal_bytes = heavy - 1;
    desk.look();
    CHECK(desk.alarms.all().empty());
    desk.faulty.wal_bytes = heavy;
    desk.look();
    CHECK(desk.alarms.standing("store_wal"));
    CHECK_FALSE(desk.alarms.standing("journal_wal"));
    CHECK(desk.log.said("64 MiB"));
    desk.faulty.wal_bytes = 0;
    journal.wal_bytes = heavy + 1;
    desk.look();
    CHECK_FALSE(desk.alarms.standing("store_wal"));
    CHECK(desk.alarms.standing("journal_wal"));
    THEN("its size is told in MiB, rounded up: what is under bid secrecy is in it as well (E14)") {
        CHECK(desk.meter.store_wal_bytes == 0);
        CHECK(desk.meter.journal_wal_bytes == heavy + (1 << 20));
    }
    THEN("a server's store has none") {
        desk.faulty.wal_bytes.reset();
        desk.look();
        CHECK(desk.meter.store_wal_bytes == 0);
        CHECK_FALSE(desk.alarms.standing("store_wal"));
    }
}
