#include "plugin/app/membership/watch_clock.hpp"

#include "tests/support/failing_store.hpp"
#include "tests/support/memory_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

constexpr auto year = std::chrono::days{365};

// The machine: its clocks go on, whatever starts and ends on it.
struct Machine : MemoryDesk {
    void pass(std::chrono::microseconds by) {
        clock.set(clock.now() + by);
        boot.advance(by);
    }
    void set_clock(std::chrono::microseconds by) { clock.set(clock.now() + by); }
    // What `hcpctl clock confirm` does.
    void confirm() {
        REQUIRE(store->write([&](ports::Transaction& tx) -> ports::result<void> {
            HCP_CHECK(tx.clock_marks().confirm(clock.now()));
            return {};
        }));
    }
    std::vector<ports::ClockMarkRow> marks() {
        return ask([](ports::Snapshot& all) { return all.clock_marks().all(); });
    }

    ManualBootClock boot;
    FailingStore faulty{*store};
};

// One process on it.
struct Process {
    explicit Process(Machine& machine, std::optional<std::chrono::seconds> max_jump = 600s)
        : machine_{machine},
          watch{{machine.faulty, *machine.books, machine.clock, machine.boot, alarms, machine.log, machine.nobody},
                max_jump} {
        REQUIRE(watch.begin());
    }
    bool believes() { return watch.believed_now() == machine_.clock.now(); }
    [[nodiscard]] bool alarms_of_it() const { return alarms.standing("clock_jump"); }

    Machine& machine_;
    run::Alarms alarms{machine_.log};
    app::WatchClock watch;
};

}  // namespace

SCENARIO("a clock that jumps a year is not believed at once, and is when it is back (E24)", "[clock]") {
    Machine machine;
    Process process{machine};
    machine.pass(1h);
    CHECK(process.believes());
    CHECK_FALSE(process.alarms_of_it());
    for (const auto jump : {year, -year}) {
        machine.set_clock(jump);
        CHECK_FALSE(process.watch.believed_now());
        CHECK(process.alarms_of_it());
        CHECK(machine.log.said("hcpctl clock confirm"));
        machine.pass(24h);
        process.watch.keep();
        CHECK_FALSE(process.watch.believed_now());
        machine.set_clock(-jump);
        CHECK(process.believes());
        CHECK_FALSE(process.alarms_of_it());
    }
}

SCENARIO("what an operator confirms is believed, as it was when it was confirmed", "[clock]") {
    Machine machine;
    Process process{machine};
    machine.set_clock(year);
    REQUIRE_FALSE(process.watch.believed_now());
    process.watch.keep();
    machine.confirm();
    WHEN("it still is so when the instance looks") {
        machine.pass(2s);
        process.watch.keep();
        CHECK(process.believes());
        CHECK_FALSE(process.alarms_of_it());
        THEN("an old confirmation says nothing of the next jump") {
            machine.set_clock(-year);
            process.watch.keep();
            CHECK_FALSE(process.watch.believed_now());
            process.watch.keep();
            CHECK_FALSE(process.watch.believed_now());
        }
    }
    WHEN("it has jumped once more before the instance looks") {
        machine.set_clock(year);
        process.watch.keep();
        CHECK_FALSE(process.watch.believed_now());
    }
}

SCENARIO("a clock that was put back while nothing ran is told by what the store knows of the time", "[clock]") {
    Machine machine;
    machine.set_clock(year);
    { const Process before{machine}; }
    machine.set_clock(-year);
    Process process{machine};
    CHECK_FALSE(process.watch.believed_now());
    CHECK(process.alarms_of_it());
    THEN("a restart does not confirm it") {
        Process next{machine};
        CHECK_FALSE(next.watch.believed_now());
    }
    THEN("an operator does, once and for all starts") {
        machine.confirm();
        process.watch.keep();
        CHECK(process.believes());
        Process next{machine};
        CHECK(next.believes());
    }
    THEN("it may also be confirmed while nothing runs") {
        machine.confirm();
        Process next{machine};
        CHECK(next.believes());
    }
}

SCENARIO("a jump forward that nobody has confirmed outlives a restart", "[clock]") {
    Machine machine;
    {
        Process process{machine};
        machine.set_clock(year);
        process.watch.keep();
    }
    WHEN("the clock is as it was") {
        machine.pass(10min);
        Process process{machine};
        CHECK_FALSE(process.watch.believed_now());
        machine.set_clock(-year);
        CHECK(process.believes());
    }
    WHEN("it was put back meanwhile") {
        machine.set_clock(-year);
        Process process{machine};
        CHECK(process.believes());
        CHECK_FALSE(machine.marks()[0].ahead_since);
    }
}

SCENARIO("a start after a long time, and a clock a little behind, are nothing to confirm", "[clock]") {
    Machine machine;
    { const Process before{machine}; }
    machine.pass(year);
    Process process{machine};
    CHECK(process.believes());
    machine.set_clock(-10min);
    CHECK(process.believes());
}

SCENARIO("what is known of the time is written down once a minute, and an unbelieved time never", "[clock]") {
    Machine machine;
    const auto start = machine.clock.now();
    Process process{machine};
    const auto newest = [&] { return machine.marks().at(0).newest; };
    CHECK(newest() == start);
    machine.pass(1min - 1us);
    process.watch.keep();
    CHECK(newest() == start);
    machine.pass(1us);
    process.watch.keep();
    CHECK(newest() == start + 1min);
    machine.set_clock(year);
    process.watch.keep();
    CHECK(newest() == start + 1min);
    CHECK(machine.marks().at(0).ahead_since == start + 1min + year);
}

SCENARIO("where a server says what time it is, and under a virtual clock, jumps are nobody's concern", "[clock]") {
    Machine machine;
    std::optional<std::chrono::seconds> max_jump = 600s;
    SECTION("a server") {
        machine.faulty.server_clock = machine.clock.now();
    }
    SECTION("a virtual clock") {
        max_jump.reset();
    }
    Process process{machine, max_jump};
    machine.set_clock(year);
    process.watch.keep();
    CHECK(process.believes());
    CHECK(machine.marks().empty());
}

SCENARIO("a store that does not answer leaves what was known of the clock", "[clock]") {
    Machine machine;
    Process process{machine};
    machine.set_clock(year);
    machine.faulty.error = ports::store_errc::unavailable;
    machine.faulty.read_failures = 1;
    process.watch.keep();
    CHECK_FALSE(process.watch.believed_now());
    machine.set_clock(-year);
    CHECK(process.believes());
}
