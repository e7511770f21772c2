#include "adapters/journal/anchor_file.hpp"
#include "plugin/app/figures/compare_figures.hpp"
#include "plugin/app/ledger/anchor_ledger.hpp"
#include "plugin/app/ledger/verify_ledger.hpp"
#include "tests/support/file_desk.hpp"

using namespace hcp;
using namespace hcp::test;

SCENARIO("what was accepted is opened, answered, settled, counted and proven, also after a restart of the store",
         "[flow]") {
    FileDesk desk;
    const auto journal = desk.open_journal();
    auto drain = desk.drain_of(*journal);

    const auto answered = Desk::completion("C1"), left = Desk::completion("C2", {"91370000BBBBBBBB2X"});
    auto poison = Desk::completion("C3");
    poison.project_no = std::string(4000, 'x');  // the gate lets nothing like it through; the column ends at 64
    REQUIRE(journal->append(std::vector<Event>{answered, poison, left}, desk.clock.now()).has_value());
    REQUIRE(drain_all(drain));
    CHECK(journal->stats()->events == 0);
    CHECK(journal->stats()->set_aside == 1);

    CHECK(desk.rate(answered, Level::dissatisfied, desk.clock.now(), "", {"209"}).fate == AnswerFate::accepted);
    desk.clock.set(desk.view(left).evaluation.deadline + 60s);
    CHECK(desk.settler->sweep(desk.clock.now(), 100)->defaulted == 1);
    journal::AnchorFile anchors{desk.dir.path() / "anchors"};
    app::AnchorLedger{*desk.store, anchors, desk.digests, desk.key_set->anchors(), desk.clock, desk.alarms, desk.nobody}
        .anchor();

    desk.store = desk.open_store();
    CHECK(desk.view(answered).evaluation.state == EvaluationState::rated);
    CHECK(desk.tickets().size() == 1);
    CHECK(desk.view(left).evaluation.state == EvaluationState::defaulted);
    CHECK(*app::compare_figures(*desk.store, day_of(at(2026, 1, 1)), day_of(at(2027, 1, 1))) ==
          std::vector<std::string>{});
    const auto& signer = desk.key_set->anchors();
    const auto report = app::verify_ledger(*desk.store, anchors, {desk.digests, signer, &desk.ledger_seal}, {});
    REQUIRE(report.has_value());
    CHECK(report->findings.empty());
    CHECK(report->ratings == 2);
    CHECK(report->anchors == 1);  // the secret lane is empty
    CHECK(report->not_anchored == 0);
}
