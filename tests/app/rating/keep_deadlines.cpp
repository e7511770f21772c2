#include "plugin/app/rating/keep_deadlines.hpp"

#include "tests/support/failing_store.hpp"
#include "tests/support/memory_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

constexpr auto grace = 60s;

struct Keeping : MemoryDesk {
    Keeping() { own.adopt(books->instance()); }

    // Opened at the moment of its completion.
    Completion opened(const std::string& case_no, Instant when, Secrecy secrecy = open_to_all) {
        auto event = completion(case_no);
        event.completed_at = when;
        event.secrecy = secrecy;
        clock.set(when);
        apply({event});
        return event;
    }
    void know_until(Day day) {
        auto older = *rule_files.rules;
        older.calendar = rule_files.rules->calendar.known_at(day);
        rules->replace(std::make_shared<const record::Rules>(std::move(older)));
    }
    EvaluationState state(const Completion& event) { return view(event).evaluation.state; }

    FailingStore faulty{*store};
    record::Books own{faulty, digests, ledger_seal, clock, id_clock};
    app::SettleDefaults settle{own, keys, *rules, terms, grace, nobody};
    app::KeepDeadlines keep{{settle, own, *follow, faulty, meter, log, alarms, nobody}, 10};
};

// A window over the Spring Festival of 2020, and what the notice of 27 January made of its deadline.
struct SpringFestival : Keeping {
    SpringFestival() {
        know_until(day_of(at(2020, 1, 26)));
        event = opened("C1", at(2020, 1, 20));
        REQUIRE(view(event).evaluation.deadline == before);
    }
    const Instant before = at(2020, 2, 2, 0h), extended = at(2020, 2, 5, 0h);
    Completion event;
};

}  // namespace

SCENARIO("silence is settled once the deadline and the grace are over, and counted", "[settlement]") {
    Keeping desk;
    const auto event = desk.opened("C1", desk.clock.now());
    const auto over = desk.view(event).evaluation.deadline + grace;
    desk.clock.set(over - 1us);
    CHECK_FALSE(desk.keep.sweep(desk.clock.now()).any);
    CHECK(desk.meter.defaults == 0);
    desk.clock.set(over);
    CHECK(desk.keep.sweep(desk.clock.now()).any);
    CHECK(desk.state(event) == EvaluationState::defaulted);
    CHECK(desk.meter.defaults == 1);
    THEN("a sweep that finds nothing adds nothing") {
        CHECK_FALSE(desk.keep.sweep(desk.clock.now()).any);
        CHECK(desk.meter.defaults == 1);
    }
}

SCENARIO("what became an answer from its draft is counted among the ratings", "[settlement]") {
    Keeping desk;
    const auto event = desk.opened("C1", desk.clock.now());
    desk.rate(event, Level::satisfied, desk.clock.now(), "", {}, "d", app::Intent::draft);
    desk.clock.set(desk.view(event).evaluation.deadline + grace);
    CHECK(desk.keep.sweep(desk.clock.now()).any);
    CHECK(desk.meter.ratings == 1);
    CHECK(desk.meter.defaults == 0);
}

SCENARIO("a full batch says that there is more", "[settlement]") {
    Keeping desk;
    for (int i = 0; i < 11; ++i) desk.opened("C" + std::to_string(i), desk.clock.now());
    desk.clock.set(at(2026, 12, 1));
    CHECK(desk.keep.sweep(desk.clock.now()).more);
    CHECK_FALSE(desk.keep.sweep(desk.clock.now()).more);
    CHECK(desk.meter.defaults == 11);
}

SCENARIO("what is under embargo is settled and owed, and not counted (E14)", "[settlement]") {
    Keeping desk;
    const auto event = desk.opened("C1", desk.clock.now(), Secrecy::until_opening());
    desk.clock.set(desk.view(event).evaluation.deadline + grace);
    const auto swept = desk.keep.sweep(desk.clock.now());
    CHECK(desk.state(event) == EvaluationState::defaulted);
    CHECK(swept.any);
    CHECK(desk.meter.defaults == 0);
}

SCENARIO("a window that a notice has extended is not settled by its old deadline (E20)", "[settlement]") {
    SpringFestival desk;
    WHEN("the notice came while nothing ran") {
        desk.rules->replace(desk.rule_files.rules);
        desk.clock.set(desk.before + grace);
        CHECK_FALSE(desk.keep.sweep(desk.clock.now()).any);
    }
    WHEN("it comes between two sweeps") {
        desk.clock.set(desk.before + grace - 1us);
        CHECK_FALSE(desk.keep.sweep(desk.clock.now()).any);
        desk.rules->replace(desk.rule_files.rules);
        desk.clock.set(desk.before + grace);
        CHECK_FALSE(desk.keep.sweep(desk.clock.now()).any);
    }
    CHECK(desk.state(desk.event) == EvaluationState::open);
    CHECK(desk.view(desk.event).evaluation.deadline == desk.extended);
    CHECK(desk.log.said("顺延了 1 件"));
    // But by the new one.
    desk.clock.set(desk.extended + grace);
    CHECK(desk.keep.sweep(desk.clock.now()).any);
    CHECK(desk.state(desk.event) == EvaluationState::defaulted);
}

SCENARIO("without the notice the old deadline holds", "[settlement]") {
    SpringFestival desk;
    desk.clock.set(desk.before + grace);
    CHECK(desk.keep.sweep(desk.clock.now()).any);
    CHECK(desk.state(desk.event) == EvaluationState::defaulted);
}

SCENARIO("all that is open is counted anew once under each calendar", "[settlement]") {
    SpringFestival desk;
    const auto transactions = [&] {
        const int before = desk.faulty.writes;
        (void)desk.keep.sweep(desk.clock.now());
        return desk.faulty.writes - before;
    };
    const int with_recount = transactions(), without = transactions();
    CHECK(with_recount > without);
    desk.rules->replace(std::make_shared<const record::Rules>(*desk.rules->current()));
    CHECK(transactions() == without);
    desk.rules->replace(desk.rule_files.rules);
    CHECK(transactions() == with_recount);
    CHECK(transactions() == without);
}

SCENARIO("while the windows cannot be counted anew nothing is settled", "[settlement]") {
    SpringFestival desk;
    desk.rules->replace(desk.rule_files.rules);
    desk.clock.set(desk.extended + grace);
    desk.faulty.error = ports::store_errc::unavailable;
    desk.faulty.failures = 1;
    CHECK_FALSE(desk.keep.sweep(desk.clock.now()).any);
    CHECK(desk.alarms.standing("calendar_recount"));
    CHECK(desk.state(desk.event) == EvaluationState::open);
    THEN("the next sweep tries again") {
        CHECK(desk.keep.sweep(desk.clock.now()).any);
        CHECK_FALSE(desk.alarms.standing("calendar_recount"));
        CHECK(desk.state(desk.event) == EvaluationState::defaulted);
    }
}

SCENARIO("a sweep that failed is an alarm until one succeeds", "[settlement]") {
    Keeping desk;
    const auto event = desk.opened("C1", desk.clock.now());
    CHECK_FALSE(desk.keep.sweep(desk.clock.now()).any);
    desk.clock.set(desk.view(event).evaluation.deadline + grace);
    desk.faulty.error = ports::store_errc::unavailable;
    desk.faulty.failures = 1;
    CHECK_FALSE(desk.keep.sweep(desk.clock.now()).any);
    CHECK(desk.alarms.standing("sweep"));
    CHECK(desk.meter.defaults == 0);
    CHECK(desk.keep.sweep(desk.clock.now()).any);
    CHECK_FALSE(desk.alarms.standing("sweep"));
    CHECK(desk.meter.defaults == 1);
}

SCENARIO("what is due and does not open is an alarm", "[settlement]") {
    Keeping desk;
    const auto event = desk.opened("C1", desk.clock.now());
    CHECK_FALSE(desk.keep.sweep(desk.clock.now()).any);
    CHECK_FALSE(desk.alarms.standing("unreadable"));
    desk.rate(event, Level::satisfied, desk.clock.now(), "窗口等候时间长", {}, "d1", app::Intent::draft);
    desk.lose_key(event);
    desk.clock.set(desk.view(event).evaluation.deadline + grace);
    CHECK_FALSE(desk.keep.sweep(desk.clock.now()).any);
    CHECK(desk.alarms.standing("unreadable"));
    CHECK(desk.state(event) == EvaluationState::open);
}
