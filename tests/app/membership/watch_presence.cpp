#include "plugin/app/membership/watch_presence.hpp"

#include "tests/support/failing_store.hpp"
#include "tests/support/memory_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

// A machine, and the offices around it: 9 to 12 and 13:30 to 17.
struct Machine : MemoryDesk {
    Machine() { clock.set(at(2026, 10, 12, 8h)); }  // a Monday
    void pass(std::chrono::microseconds by) {
        clock.set(clock.now() + by);
        boot.advance(by);
    }
    std::vector<Day> lost_days() {
        return ask([](ports::Snapshot& all) { return all.presences().lost_days(); });
    }
    std::vector<ports::PresenceRow> presences() {
        return ask([](ports::Snapshot& all) { return all.presences().all(); });
    }

    ManualBootClock boot;
    FailingStore faulty{*store};
};

// One process on it.
struct Process {
    explicit Process(Machine& on, bool public_pages = true) : machine{on} {
        own.adopt(on.books->instance());
        watch.emplace(app::WatchPresence::Means{machine.faulty, own, *machine.rules, machine.clock, machine.boot,
                                                machine.log, alarms, machine.nobody},
                      public_pages);
    }
    // On another machine: a number of its own.
    void be_another() {
        const auto leased = [&](const char* token) {
            const auto number = machine.store->lease_instance(token, machine.clock.now(), machine.clock.now() + 1h);
            REQUIRE(number.has_value());
            return *number;
        };
        REQUIRE(leased("test") == machine.books->instance());
        own.adopt(leased("other"));
    }
    bool keep() { return watch->keep(machine.clock.now()); }
    // Until then, a look every minute.
    void run_until(Instant when) {
        while (machine.clock.now() < when) {
            (void)keep();
            machine.pass(std::min<std::chrono::microseconds>(when - machine.clock.now(), 1min));
        }
        (void)keep();
    }

    Machine& machine;
    run::Alarms alarms{machine.log};
    record::Books own{machine.faulty, machine.digests, machine.ledger_seal, machine.clock, machine.id_clock};
    std::optional<app::WatchPresence> watch;
};

const Day monday = day_of(at(2026, 10, 12)), tuesday = monday + std::chrono::days{1};

}  // namespace

SCENARIO("days on which it ran are not lost, nor is that of the first start (E51)", "[presence]") {
    Machine machine;
    machine.clock.set(at(2026, 10, 12, 16h));
    Process process{machine};
    process.run_until(at(2026, 10, 13, 18h));
    CHECK(machine.lost_days().empty());
    REQUIRE(machine.presences().size() == 1);
    CHECK(machine.presences()[0].from == at(2026, 10, 12, 16h));
    CHECK(machine.presences()[0].until >= at(2026, 10, 13, 18h) - 1min);
}

SCENARIO("a working day is lost when for half of its office hours nothing ran (E51)", "[presence]") {
    Machine machine;
    const auto absent = [&](std::chrono::microseconds from, std::chrono::microseconds until) {
        {
            Process before{machine};
            before.run_until(start_of(tuesday) + from);
        }
        machine.pass(until - from);
        Process after{machine};
        after.run_until(start_of(tuesday) + 18h);
    };
    WHEN("it was 3 h 15 min of 6 h 30 min, and lunch is not counted") {
        absent(10h, 14h + 45min);
        CHECK(machine.lost_days() == std::vector{tuesday});
        CHECK(machine.log.said("2026-10-13 有一半以上的办公时间无法评价"));
        CHECK(machine.rules->current()->lost_days == std::vector{tuesday});
        const auto entries = machine.ask([&](ports::Snapshot& all) {
            return all.ledger().after(lane_of(machine.books->instance(), Chain::open), 0, 100);
        });
        CHECK(std::any_of(entries.begin(), entries.end(), [](const auto& row) {
            return fact_in(row.canonical) == LedgerFact{entries::DayLost{start_of(tuesday)}};
        }));
    }
    WHEN("it was less") {
        absent(10h, 14h + 40min);
        CHECK(machine.lost_days().empty());
    }
    WHEN("it was the night before and the night after") {
        absent(17h, 17h + 30min);
        CHECK(machine.lost_days().empty());
    }
}

SCENARIO("weekends and holidays are not lost, and days of a long stop each are (E51)", "[presence]") {
    Machine machine;
    machine.clock.set(at(2026, 9, 29, 8h));
    {
        Process before{machine};
        before.run_until(at(2026, 9, 29, 18h));
    }
    machine.clock.set(at(2026, 10, 12, 9h));
    Process after{machine};
    CHECK(after.keep());  // nothing else keeps it from settling
    CHECK(machine.lost_days() == std::vector{day_of(at(2026, 9, 30)), day_of(at(2026, 10, 8)), day_of(at(2026, 10, 9)),
                                             day_of(at(2026, 10, 10))});
}

SCENARIO("while the store is not in reach nothing is noted, and nothing may be settled (E51)", "[presence]") {
    Machine machine;
    Process process{machine};
    process.run_until(at(2026, 10, 13, 9h));
    machine.faulty.error = ports::store_errc::unavailable;
    machine.faulty.failures = machine.faulty.read_failures = 1'000'000;
    CHECK_FALSE(process.keep());
    CHECK(process.alarms.standing("presence"));
    process.run_until(at(2026, 10, 13, 14h));
    machine.faulty.failures = machine.faulty.read_failures = 0;
    process.run_until(at(2026, 10, 13, 18h));
    CHECK_FALSE(process.alarms.standing("presence"));
    CHECK(machine.lost_days() == std::vector{tuesday});
}

SCENARIO("of several instances one is enough (E51)", "[presence]") {
    Machine machine;
    Process one{machine}, other{machine};
    other.be_another();
    one.run_until(start_of(tuesday) + 12h);
    other.run_until(start_of(tuesday) + 18h);
    CHECK(machine.lost_days().empty());
    CHECK(machine.presences().size() == 2);
}

SCENARIO("what a virtual clock skips under a running instance counts as run (E51)", "[presence]") {
    Machine machine;
    Process process{machine};
    process.run_until(at(2026, 10, 12, 18h));
    machine.clock.set(at(2026, 10, 30, 18h));
    machine.boot.advance(1s);
    CHECK(process.keep());
    CHECK(machine.lost_days().empty());
}

SCENARIO("a clock that is not believed leaves no gap, and settles nothing (E24, E51)", "[presence]") {
    Machine machine;
    Process process{machine};
    process.run_until(start_of(tuesday) + 9h);
    for (auto i = 0; i < 6 * 60; ++i) {
        machine.pass(1min);
        CHECK_FALSE(process.watch->keep(std::nullopt));
    }
    process.run_until(start_of(tuesday) + 18h);
    CHECK(machine.lost_days().empty());
}

SCENARIO("without an entrance no day counts and nothing is settled, with an alarm (E51)", "[presence]") {
    Machine machine;
    const auto month = std::chrono::days{30};
    Process process{machine, false};
    CHECK_FALSE(process.keep());
    CHECK(process.alarms.standing("entrance"));
    WHEN("nobody ever asks, every working day is lost") {
        process.run_until(at(2026, 10, 14, 18h));
        CHECK(machine.lost_days() == std::vector{tuesday, tuesday + std::chrono::days{1}});
    }
    WHEN("the host asks for a link, it counts for 30 days") {
        process.watch->asked();
        CHECK(process.keep());
        CHECK_FALSE(process.alarms.standing("entrance"));
        const auto asked = machine.clock.now();
        THEN("that outlives the process") {
            process.run_until(machine.clock.now() + 1min);
            Process next{machine, false};
            CHECK(next.keep());
            machine.clock.set(asked + month);
            CHECK_FALSE(next.keep());
        }
        THEN("no longer than that") {
            machine.clock.set(asked + month - 1us);
            CHECK(process.keep());
            machine.clock.set(asked + month);
            CHECK_FALSE(process.keep());
            CHECK(process.alarms.standing("entrance"));
        }
    }
}

SCENARIO("what the host asks of one instance is an entrance of all, and so are one's pages as long as it runs (E51)",
         "[presence]") {
    Machine machine;
    Process silent{machine, false};
    CHECK_FALSE(silent.keep());
    WHEN("it has asked another for a link") {
        Process asked{machine, false};
        asked.watch->asked();
        CHECK(asked.keep());
        CHECK(silent.keep());
        CHECK_FALSE(silent.alarms.standing("entrance"));
    }
    WHEN("another has pages") {
        Process open{machine};
        open.be_another();
        open.run_until(machine.clock.now() + 2min);
        CHECK(silent.keep());
        CHECK_FALSE(silent.alarms.standing("entrance"));
        machine.pass(4min);  // and has gone
        CHECK_FALSE(silent.keep());
        CHECK(silent.alarms.standing("entrance"));
    }
}

SCENARIO("two processes that judge a day at once lose it once (E51)", "[presence]") {
    Machine machine;
    {
        Process before{machine};
        before.run_until(at(2026, 10, 12, 18h));
    }
    machine.clock.set(at(2026, 10, 13, 18h));
    Process one{machine}, other{machine};
    CHECK(one.keep());
    CHECK(other.keep());
    CHECK(machine.lost_days() == std::vector{tuesday});
}
