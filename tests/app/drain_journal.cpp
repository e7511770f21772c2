#include "plugin/app/drain_journal.hpp"

#include "tests/support/memory_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

// The desk with a journal in front of it.
struct Drained : MemoryDesk {
    Drained() {
        journal = open_journal();
        drain.emplace(*journal, *opener, clock, nobody, log, alarms, 100, app::DrainJournal::Onward{});
    }
    void accept(const std::vector<Event>& events) {
        REQUIRE(journal->append(std::span<const Event>{events}, clock.now()).has_value());
    }
    ports::JournalStats stats() { return journal->stats().value(); }

    app::Alarms alarms{log};
    std::unique_ptr<ports::Journal> journal;
    std::optional<app::DrainJournal> drain;
};

// The gate lets nothing like it through; the store's column ends at 64 characters.
Completion poison(const std::string& case_no) {
    auto event = Desk::completion(case_no);
    event.project_no = std::string(4000, 'x');
    return event;
}

}  // namespace

SCENARIO("what was accepted is in the store once the journal is drained, and only then forgotten", "[drain]") {
    Drained desk;
    const auto event = Desk::completion("C1");
    desk.accept({event});
    desk.accept({Withdrawal{event.key, desk.clock.now(), ""}});
    CHECK(desk.stats().events == 2);
    CHECK(desk.drain->pass());
    CHECK(desk.stats().events == 0);
    CHECK(desk.view(event).evaluation.state == EvaluationState::voided);
}

SCENARIO("a transaction opens a bounded number of evaluations, whatever was accepted together", "[drain]") {
    Drained desk;
    std::vector<std::size_t> evaluations;
    desk.drain.emplace(*desk.journal, *desk.opener, desk.clock, desk.nobody, desk.log, desk.alarms, 100,
                       app::DrainJournal::Onward{{}, [&](const app::Applied* applied) {
                                                     REQUIRE(applied);
                                                     evaluations.push_back(applied->evaluations);
                                                 }});
    const auto with_subjects = [](const std::string& case_no, int count) {
        std::vector<std::string> certificates;
        for (int i = 0; i < count; ++i) certificates.push_back("9137000" + std::to_string(10000 + i) + "1X");
        return Desk::completion(case_no, certificates);
    };
    desk.accept({with_subjects("C1", 900), with_subjects("C2", 900), with_subjects("C3", 300), with_subjects("C4", 1)});
    CHECK(desk.drain->pass());
    CHECK(evaluations == std::vector<std::size_t>{1800, 301});
    CHECK(desk.stats().events == 0);
}

SCENARIO("poison is set aside with the later events of its case; everything else goes on", "[drain]") {
    Drained desk;
    const auto bad = poison("BAD");
    const auto good = Desk::completion("GOOD"), later = Desk::completion("LATER");
    desk.accept({good, bad});
    desk.accept({Withdrawal{bad.key, desk.clock.now(), ""}, later});
    CHECK(desk.drain->pass());
    CHECK(desk.stats().events == 0);
    CHECK(desk.stats().set_aside == 2);
    CHECK(desk.view(good).evaluation.state == EvaluationState::open);
    CHECK(desk.view(later).evaluation.state == EvaluationState::open);
    const auto aside = desk.journal->list_set_aside(10);
    REQUIRE(aside.has_value());
    CHECK(std::holds_alternative<Completion>(*aside->at(0).event));
    CHECK(std::holds_alternative<Withdrawal>(*aside->at(1).event));
    THEN("a pass says so, and a retry that fails again puts it back where a person looks") {
        CHECK(desk.drain->pass());
        CHECK(desk.alarms.standing("set_aside"));
        REQUIRE(desk.journal->retry_set_aside(aside->at(0).id, desk.clock.now()).has_value());
        CHECK(desk.stats().set_aside == 1);
        CHECK(desk.drain->pass());
        CHECK(desk.stats().set_aside == 2);
    }
}

SCENARIO("a case whose subject's stored key does not open is poison too, and holds nothing else up", "[drain]") {
    Drained desk;
    const auto known = Desk::completion("C1", {"91370000BBBBBBBB2X"});
    desk.apply({known});
    desk.lose_key(known);
    const auto broken = Desk::completion("C2", {"91370000BBBBBBBB2X"}), sound = Desk::completion("C3");
    desk.accept({broken, sound});
    CHECK(desk.drain->pass());
    CHECK(desk.stats().set_aside == 1);
    CHECK(desk.view(sound).evaluation.state == EvaluationState::open);
}

SCENARIO("what a batch leads to goes on in its transaction and at its end, before the journal forgets it", "[drain]") {
    Drained desk;
    std::vector<std::string> order;
    const auto said = [&](std::string word) { order.push_back(word + " " + std::to_string(desk.stats().events)); };
    const auto bind = [&](bool fails) {
        return app::DrainJournal::Onward{[&, fails](ports::Transaction&) {
                                             said("within");
                                             return fails ? ports::result<void>{ports::store_errc::unavailable}
                                                          : ports::result<void>{};
                                         },
                                         [&](const app::Applied* applied) { said(applied ? "applied" : "failed"); }};
    };
    desk.accept({Desk::completion("C1")});
    desk.drain.emplace(*desk.journal, *desk.opener, desk.clock, desk.nobody, desk.log, desk.alarms, 100, bind(true));
    CHECK(desk.drain->step() == app::DrainJournal::Step::stuck);
    CHECK(order == std::vector<std::string>{"within 1", "failed 1"});
    order.clear();
    desk.drain.emplace(*desk.journal, *desk.opener, desk.clock, desk.nobody, desk.log, desk.alarms, 100, bind(false));
    CHECK(desk.drain->step() == app::DrainJournal::Step::more);
    CHECK(order == std::vector<std::string>{"within 1", "applied 1"});
    CHECK(desk.stats().events == 1);
    THEN("the next step, or the end, makes it forget") {
        CHECK(desk.drain->forget_stored());
        CHECK(desk.stats().events == 0);
        CHECK(desk.drain->step() == app::DrainJournal::Step::empty);
    }
}

SCENARIO("what follows a batch in its transaction decides nothing about the batch", "[drain]") {
    Drained desk;
    int tries = 0;
    desk.drain.emplace(*desk.journal, *desk.opener, desk.clock, desk.nobody, desk.log, desk.alarms, 100,
                       app::DrainJournal::Onward{[&](ports::Transaction&) -> ports::result<void> {
                                                     ++tries;
                                                     return make_error_code(ports::store_errc::corrupt);
                                                 },
                                                 [](const app::Applied*) {}});
    desk.accept({Desk::completion("C1")});
    CHECK(desk.drain->pass());
    CHECK(tries == 1);
    CHECK(desk.stats().set_aside == 0);
    CHECK(desk.view(Desk::completion("C1")).evaluation.state == EvaluationState::open);
}

SCENARIO("a case that was poison once and is stored now takes its withdrawal", "[drain]") {
    Drained desk;
    const auto bad = poison("C1");
    desk.accept({bad});
    CHECK(desk.drain->pass());
    CHECK(desk.stats().set_aside == 1);
    const auto good = Desk::completion("C1");
    desk.accept({good});
    CHECK(desk.drain->pass());
    desk.accept({Withdrawal{good.key, desk.clock.now(), ""}});
    CHECK(desk.drain->pass());
    CHECK(desk.stats().set_aside == 1);
    CHECK(desk.view(good).evaluation.state == EvaluationState::voided);
}
