#include "plugin/app/figures/compare_figures.hpp"
#include "plugin/record/sealed_facts.hpp"
#include "tests/support/memory_desk.hpp"

using namespace hcp;
using namespace hcp::test;

SCENARIO("a completion opens one evaluation per subject, with its service owed to the province (E10)", "[opening]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1", {"91370000AAAAAAAA1X", "91370000BBBBBBBB2X"});
    const auto applied = desk.apply({event});
    CHECK(applied.cases == 1);
    CHECK(applied.evaluations == 2);
    CHECK(desk.deliveries().size() == 2);
    CHECK(desk.figure(Metric::opened) == 2);
    const auto view = desk.view(event);
    CHECK(view.evaluation.state == EvaluationState::open);
    CHECK(view.evaluation.deadline ==
          at(2026, 10, 10, 0h));  // five working days after 09-24: over National Day to 10-09 24:00
    CHECK(view.case_row.policy_version == desk.rules->current()->policies.in_force(event.completed_at).version->name);
}

SCENARIO("a completion reported again changes nothing; with other content the first wins and the ledger says so",
         "[opening]") {
    MemoryDesk desk;
    auto event = Desk::completion("C1");
    desk.apply({event});
    const auto before = desk.view(event);
    CHECK(desk.apply({event, event}).repeats == 2);
    event.project_name = "另一个名称";
    const auto applied = desk.apply({event});
    CHECK(applied.conflicts == 1);
    CHECK(desk.view(event).case_row.project_name == before.case_row.project_name);
    CHECK(desk.deliveries().size() == 1);
    CHECK(std::any_of(desk.log.lines.begin(), desk.log.lines.end(),
                      [](auto& line) { return line.find("内容不同") != std::string::npos; }));
}

SCENARIO("the same key twice in one batch opens once", "[opening]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    const auto applied = desk.apply({event, event});
    CHECK(applied.cases == 1);
    CHECK(applied.repeats == 1);
}

SCENARIO("an evaluation opened after the day of completion runs from the day of opening (E33)", "[opening]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.clock.set(at(2026, 10, 9, 9h));
    desk.apply({event});
    const auto view = desk.view(event);
    CHECK(view.evaluation.deadline_by_completion == at(2026, 10, 10, 0h));
    CHECK(view.evaluation.deadline == at(2026, 10, 16, 0h));
}

SCENARIO("a withdrawal voids what is open; before its completion it waits for it (E17)", "[opening]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    const Withdrawal withdrawal{event.key, at(2026, 9, 24, 16h), "重新办理"};
    GIVEN("the completion first") {
        desk.apply({event});
        desk.apply({withdrawal});
        CHECK(desk.view(event).evaluation.state == EvaluationState::voided);
        CHECK(desk.figure(Metric::voided) == 1);
        CHECK(desk.figure(Metric::opened) == 1);
    }
    GIVEN("the withdrawal first") {
        desk.apply({withdrawal});
        desk.apply({event});
        CHECK(desk.view(event).evaluation.state == EvaluationState::voided);
    }
    GIVEN("both in one batch, and everything again") {
        desk.apply({withdrawal, event});
        desk.apply({event, withdrawal});
        CHECK(desk.view(event).evaluation.state == EvaluationState::voided);
    }
    CHECK(desk.rate(event, Level::satisfied, withdrawal.withdrawn_at).fate == AnswerFate::voided);
}

SCENARIO("what another host stored at the same moment is met when the event is told again (E14, E17)", "[opening]") {
    MemoryDesk desk;
    auto event = Desk::completion("C1");
    event.secrecy = Secrecy::until_opening();
    desk.apply({event});
    const auto stored = [&](const auto& row, auto table) {
        REQUIRE(desk.store->write([&](ports::Transaction& rows) { return table(rows, std::span{&row, 1}); }));
    };
    WHEN("its bids are open") {
        stored(ports::OpeningRow{event.project_no, "", at(2026, 9, 24, 16h), desk.clock.now()},
               [](ports::Transaction& rows, auto row) { return rows.openings().insert(row); });
        CHECK(desk.apply({event}).evaluations == 1);
        CHECK(desk.view(event).evaluation.secrecy == open_to_all);
        CHECK(desk.figure(Metric::opened) == 1);
    }
    WHEN("it is withdrawn") {
        const auto key = desk.view(event).case_row.key_digest;
        stored(ports::WithdrawalRow{key, "H1", "C1", "1", {}, at(2026, 9, 24, 16h), desk.clock.now()},
               [](ports::Transaction& rows, auto row) { return rows.cases().insert(row); });
        desk.apply({event});
        CHECK(desk.view(event).evaluation.state == EvaluationState::voided);
    }
}

SCENARIO("a rated evaluation that is withdrawn keeps its rating and leaves the figures (E17)", "[opening]") {
    MemoryDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    desk.rate(event, Level::satisfied, desk.clock.now());
    CHECK(desk.figure(Metric::authored_4) == 1);
    desk.apply({Withdrawal{event.key, desk.clock.now(), "重新办理"}});
    const auto view = desk.view(event);
    CHECK(view.evaluation.state == EvaluationState::rated);
    CHECK(view.evaluation.withdrawn);
    REQUIRE(view.rating);
    CHECK(view.rating->level == Level::satisfied);
    CHECK(desk.figure(Metric::authored_4) == 0);
    CHECK(desk.figure(Metric::withdrawn_after_rating) == 1);
}

SCENARIO("a secret completion is embargoed until its bids are open (E14)", "[opening]") {
    MemoryDesk desk;
    auto event = Desk::completion("C1", {"91370000AAAAAAAA1X", "91370000BBBBBBBB2X"});
    event.secrecy = Secrecy::until_opening();
    event.section = "1";
    desk.apply({event});
    CHECK(desk.view(event).evaluation.secrecy == Secrecy::until_opening());
    CHECK(desk.figure(Metric::opened) == 0);
    CHECK(desk.deliveries().empty());  // not even listed
    desk.rate(event, Level::very_dissatisfied, desk.clock.now(), "资料反复提交，希望改进流程。");
    CHECK(desk.figure(Metric::authored_1) == 0);

    WHEN("somebody answers late, badly, before its bids are opened") {
        const auto late = desk.view(event, 1).evaluation.deadline;
        const app::RatingRequest request{desk.token(event, 1),
                                         {Level::dissatisfied, {"209"}, {}, Channel::mobile, "late", late}};
        REQUIRE(desk.recorder->record(std::span{&request, 1}).has_value());
        CHECK(desk.figure(Metric::comment_late) == 0);
        desk.apply({BidsOpened{"H1", event.project_no, "", desk.clock.now()}});
        CHECK(desk.figure(Metric::comment_late) == 1);
        CHECK(desk.figure(Metric::ticket_opened) == 1);
        CHECK(desk.figure(Metric::care_ticket_opened) == 1);
    }
    WHEN("another section's bids are opened") {
        desk.apply({BidsOpened{"H1", event.project_no, "2", desk.clock.now()}});
        CHECK(desk.view(event).evaluation.secrecy == Secrecy::until_opening());
    }
    for (const std::string section : {"1", ""})
        WHEN("its own section's are, or the whole project's: “" + section + "”") {
            desk.apply({BidsOpened{"H1", event.project_no, section, desk.clock.now()}});
            CHECK(desk.view(event).evaluation.secrecy == open_to_all);
            CHECK(desk.figure(Metric::opened) == 2);
            CHECK(desk.figure(Metric::authored_1) == 1);
            const auto owed = desk.deliveries();
            CHECK(owed.size() == 3);
            for (const auto& one : owed) CHECK(one.delivery.state == DeliveryState::queued);
        }
    WHEN("the opening was reported before the completion") {
        auto later = Desk::completion("C2");
        later.secrecy = Secrecy::until_opening();
        desk.apply({BidsOpened{"H1", later.project_no, "", desk.clock.now()}, later});
        CHECK(desk.view(later).evaluation.secrecy == open_to_all);
    }
    WHEN("bids are invited a second time under the same number") {
        desk.apply({BidsOpened{"H1", event.project_no, "", desk.clock.now()}});
        desk.clock.set(desk.clock.now() + 48h);
        auto again = event;
        again.key.case_no = "C9";
        again.completed_at = desk.clock.now();
        desk.apply({again});
        CHECK(desk.view(again).evaluation.secrecy == Secrecy::until_opening());
        // The first opening once more, also with more words: not theirs.
        desk.apply({BidsOpened{"H1", event.project_no, "1", event.completed_at + 1h}});
        CHECK(desk.view(again).evaluation.secrecy == Secrecy::until_opening());
        desk.apply({BidsOpened{"H1", event.project_no, "", desk.clock.now()}});
        CHECK(desk.view(again).evaluation.secrecy == open_to_all);
    }
    const auto differences = app::compare_figures(*desk.store, day_of(at(2026, 1, 1)), day_of(at(2027, 1, 1)));
    REQUIRE(differences.has_value());
    CHECK(*differences == std::vector<std::string>{});
}

SCENARIO("an unknown item is kept as 未归类 and its service held, never dropped (E18)", "[opening]") {
    MemoryDesk desk;
    auto event = Desk::completion("C1");
    event.item_code = "NEW-99";
    event.handlers.clear();
    desk.apply({event});
    const auto view = desk.view(event);
    CHECK(view.case_row.unclassified);
    CHECK(view.case_row.unattributed);
    const auto owed = desk.deliveries();
    REQUIRE(owed.size() == 1);
    CHECK(owed[0].delivery.held_reason == HeldReason::unclassified);
}

SCENARIO("the steps of one subject in one section share a dossier, and each service waits for the one before",
         "[opening]") {
    MemoryDesk desk;
    auto first = Desk::completion("C1");
    auto second = Desk::completion("C2");
    second.project_no = first.project_no;
    second.node = "开标";
    desk.apply({first});
    desk.apply({second});
    const auto a = desk.view(first), b = desk.view(second);
    CHECK(a.evaluation.dossier_id == b.evaluation.dossier_id);
    CHECK(a.evaluation.service_ordinal == 1);
    CHECK(b.evaluation.service_ordinal == 2);
    const auto owed = desk.deliveries();
    REQUIRE(owed.size() == 2);
    CHECK(std::count_if(owed.begin(), owed.end(), [](auto& one) { return one.delivery.waits_for == DeliveryId{}; }) ==
          1);
}

SCENARIO("a hundredth service opens the next dossier", "[opening]") {
    MemoryDesk desk;
    std::vector<Event> events;
    for (int i = 0; i < 100; ++i) {
        auto event = Desk::completion("C" + std::to_string(i));
        event.project_no = "P";
        events.emplace_back(event);
    }
    desk.apply(events);
    const auto first = desk.view(std::get<Completion>(events[0])), last = desk.view(std::get<Completion>(events[99]));
    CHECK(first.evaluation.dossier_id != last.evaluation.dossier_id);
    CHECK(last.evaluation.service_ordinal == 1);
}

SCENARIO("a visit is kept once", "[opening]") {
    MemoryDesk desk;
    Visit visit;
    visit.host_id = "H1";
    visit.visit_no = "V1";
    visit.visited_at = desk.clock.now();
    CHECK(desk.apply({visit, visit}).visits == 1);
    CHECK(desk.apply({visit}).repeats == 1);
    CHECK(desk.figure(Metric::visit) == 1);
}

SCENARIO("how many take part is not counted before bids are open", "[open]") {
    MemoryDesk desk;
    auto event = Desk::completion("C1", {"91370000AAAAAAAA1X", "91370000BBBBBBBB2X"});
    event.secrecy = Secrecy::until_opening();
    const auto opened = desk.apply({event});
    CHECK(opened.cases == 0);
    CHECK(opened.evaluations == 0);
    const auto lifted = desk.apply({BidsOpened{"H1", event.project_no, "", desk.clock.now()}});
    CHECK(lifted.cases == 1);
    CHECK(lifted.evaluations == 2);
}

SCENARIO("all agents of a subject are kept with its one evaluation (E57)", "[opening]") {
    MemoryDesk desk;
    auto event = Desk::completion("C1");
    event.subjects[0].agent_name = "示例甲";
    event.subjects[0].other_agents = {{"示例乙", "370102199001011234"}, {"示例丙", ""}};
    desk.apply({event});
    const auto view = desk.view(event);
    const auto key = desk.keys.vault.unwrap(View{view.subject.wrapped_key});
    REQUIRE(key.has_value());
    const auto plain = (*key)->open(View{view.evaluation.sealed_subject}, View{view.evaluation.token_digest});
    REQUIRE(plain.has_value());
    CHECK(record::decode_subject(View{*plain}).value() == event.subjects[0]);
}
