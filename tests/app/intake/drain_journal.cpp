#include "plugin/app/intake/drain_journal.hpp"

#include "tests/support/failing_store.hpp"
#include "tests/support/memory_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

// The desk with a journal in front of it.
struct Drained : MemoryDesk {
    Drained() {
        journal = open_journal();
        drain.emplace(drain_of(*journal));
    }
    void accept(const std::vector<Event>& events) {
        REQUIRE(journal->append(std::span<const Event>{events}, clock.now()).has_value());
    }
    ports::JournalStats stats() { return journal->stats().value(); }

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
    CHECK(drain_all(*desk.drain));
    CHECK(desk.stats().events == 0);
    CHECK(desk.view(event).evaluation.state == EvaluationState::voided);
}

SCENARIO("a transaction opens a bounded number of evaluations, whatever was accepted together", "[drain]") {
    Drained desk;
    const auto with_subjects = [](const std::string& case_no, int count) {
        std::vector<std::string> certificates;
        for (int i = 0; i < count; ++i) certificates.push_back("9137000" + std::to_string(10000 + i) + "1X");
        return Desk::completion(case_no, certificates);
    };
    desk.accept({with_subjects("C1", 900), with_subjects("C2", 900), with_subjects("C3", 300), with_subjects("C4", 1)});
    CHECK(desk.drain->step().applied.evaluations == 1800);
    CHECK(desk.drain->step().applied.evaluations == 301);
    CHECK(drain_all(*desk.drain));
    CHECK(desk.stats().events == 0);
}

SCENARIO("poison is set aside with the later events of its case; everything else goes on", "[drain]") {
    Drained desk;
    const auto bad = poison("BAD");
    const auto good = Desk::completion("GOOD"), later = Desk::completion("LATER");
    desk.accept({good, bad});
    desk.accept({Withdrawal{bad.key, desk.clock.now(), ""}, later});
    CHECK(drain_all(*desk.drain));
    CHECK(desk.stats().events == 0);
    CHECK(desk.stats().set_aside == 2);
    CHECK(desk.view(good).evaluation.state == EvaluationState::open);
    CHECK(desk.view(later).evaluation.state == EvaluationState::open);
    const auto aside = desk.journal->set_asides().list(10);
    REQUIRE(aside.has_value());
    CHECK(std::holds_alternative<Completion>(*aside->at(0).event));
    CHECK(std::holds_alternative<Withdrawal>(*aside->at(1).event));
    THEN("a pass says so, and a retry that fails again puts it back where a person looks") {
        CHECK(drain_all(*desk.drain));
        CHECK(desk.alarms.standing("set_aside"));
        REQUIRE(desk.journal->set_asides().retry(aside->at(0).id, desk.clock.now()).has_value());
        CHECK(desk.stats().set_aside == 1);
        CHECK(drain_all(*desk.drain));
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
    CHECK(drain_all(*desk.drain));
    CHECK(desk.stats().set_aside == 1);
    CHECK(desk.view(sound).evaluation.state == EvaluationState::open);
}

SCENARIO("what a batch queues is claimed with it, before the journal forgets it", "[drain]") {
    Drained desk;
    FailingStore store{*desk.store};
    record::Books books{store, desk.digests, desk.ledger_seal, desk.clock, desk.id_clock};
    books.adopt(desk.books->instance());
    app::ApplyEvents events{books, desk.keys, *desk.follow, desk.terms, desk.nobody, desk.log};
    app::DrainJournal drain{{*desk.journal, events, store, desk.clock, desk.steady, desk.log, desk.alarms, desk.nobody},
                            100};
    std::size_t claimed = 0;
    const app::ApplyEvents::Within claim = [&](ports::Transaction& tx, Instant now) -> ports::result<void> {
        HCP_TRY(const auto works, tx.deliveries().claim({books.instance().value(), now, now + 1h, 10}));
        claimed = works.size();
        return {};
    };
    desk.accept({Desk::completion("C1")});
    desk.clock.set(desk.clock.now() + 1ms);  // as time goes on between the two
    using Step = app::DrainJournal::Step;
    WHEN("the store takes both") {
        const auto drained = drain.step(claim);
        CHECK(drained.step == Step::more);
        CHECK(drained.did_more);
        CHECK(claimed == 1);
        CHECK(desk.deliveries()[0].delivery.state == DeliveryState::claimed);
        CHECK(desk.stats().events == 1);
        THEN("the next step, or the end, makes the journal forget") {
            CHECK(drain.forget_stored());
            CHECK(desk.stats().events == 0);
            CHECK(drain.step(claim).step == Step::empty);
        }
    }
    WHEN("the store does not answer") {
        store.failures = 1;
        store.error = ports::store_errc::unavailable;
        store.said = "MySQL 1290: read-only";
        const auto drained = drain.step(claim);
        CHECK(drained.step == Step::stuck);
        CHECK_FALSE(drained.did_more);
        CHECK(desk.alarms.standing("store"));
        CHECK(desk.alarms.all().front().second.ends_with("（MySQL 1290: read-only）"));
        THEN("it is asked again after half a second, and not before, however often that is tried") {
            desk.steady.advance(499ms);
            CHECK(drain.step(claim).step == Step::stuck);
            CHECK(desk.alarms.standing("store"));
            desk.steady.advance(1ms);
            CHECK(drain.step(claim).step == Step::more);
            CHECK_FALSE(desk.alarms.standing("store"));
        }
    }
    WHEN("something else fails, which may be the claim") {
        store.failures = 1;
        store.error = ports::store_errc::corrupt;
        const auto drained = drain.step(claim);
        THEN("it decides nothing about what was accepted") {
            CHECK(drained.step == Step::more);
            CHECK_FALSE(drained.did_more);
            CHECK(desk.stats().set_aside == 0);
            CHECK(desk.view(Desk::completion("C1")).evaluation.state == EvaluationState::open);
        }
    }
}

SCENARIO("a case that was poison once and is stored now takes its withdrawal", "[drain]") {
    Drained desk;
    const auto bad = poison("C1");
    desk.accept({bad});
    CHECK(drain_all(*desk.drain));
    CHECK(desk.stats().set_aside == 1);
    const auto good = Desk::completion("C1");
    desk.accept({good});
    CHECK(drain_all(*desk.drain));
    desk.accept({Withdrawal{good.key, desk.clock.now(), ""}});
    CHECK(drain_all(*desk.drain));
    CHECK(desk.stats().set_aside == 1);
    CHECK(desk.view(good).evaluation.state == EvaluationState::voided);
}

SCENARIO("records that do not open stop nothing: each is set aside as it lies, and the good ones are stored",
         "[drain]") {
    MemoryDesk desk;
    const PlainRing ring{1}, other_ring{2};
    const auto sealer = ring.sealer("journal"), other_sealer = other_ring.sealer("journal");
    MemoryJournalFile file;
    MemoryJournal journal{file, sealer}, under_other_keys{file, other_sealer};
    auto drain = desk.drain_of(journal);
    const auto append = [&](MemoryJournal& to, const std::string& case_no) {
        const Event event = Desk::completion(case_no);
        REQUIRE(to.append(std::span{&event, 1}, desk.clock.now()).has_value());
    };
    append(under_other_keys, "LOST-1");
    append(journal, "GOOD-1");
    append(under_other_keys, "LOST-2");
    append(under_other_keys, "LOST-3");
    append(journal, "GOOD-2");
    CHECK(drain_all(drain));

    CHECK(journal.stats()->events == 0);
    for (const std::string case_no : {"GOOD-1", "GOOD-2"})
        CHECK(desk.view(Desk::completion(case_no)).evaluation.state == EvaluationState::open);
    CHECK(desk.ask([](ports::Snapshot& rows) { return rows.cases().after(CaseId{}, 10); }).size() == 2);
    const auto aside = journal.set_asides().list(10);
    REQUIRE(aside.has_value());
    REQUIRE(aside->size() == 3);
    const std::vector<std::int64_t> frames{1, 3, 4};
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK((*aside)[i].damaged_record == frames[i]);
        CHECK_FALSE((*aside)[i].event);
    }
    CHECK(desk.alarms.standing("journal_damaged"));
    CHECK_FALSE(desk.alarms.standing("journal_read"));
    THEN("the alarm ends when a person has dropped them") {
        for (const auto& one : *aside) REQUIRE(journal.set_asides().drop(one.id).has_value());
        CHECK(drain_all(drain));
        CHECK_FALSE(desk.alarms.standing("journal_damaged"));
        CHECK_FALSE(desk.alarms.standing("set_aside"));
    }
    THEN("whoever has the keys again gets them into the store") {
        MemoryJournal with_them{file, other_sealer};
        auto again = desk.drain_of(with_them);
        for (const auto& one : *aside) REQUIRE(with_them.set_asides().retry(one.id, desk.clock.now()).has_value());
        CHECK(drain_all(again));
        CHECK(desk.ask([](ports::Snapshot& rows) { return rows.cases().after(CaseId{}, 10); }).size() == 5);
    }
}
