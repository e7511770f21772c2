#include "plugin/app/identities/erase_subject.hpp"

#include "plugin/app/ledger/verify_ledger.hpp"
#include "tests/support/memory_anchors.hpp"
#include "tests/support/memory_desk.hpp"

using namespace hcp;
using namespace hcp::test;
using app::EraseSubject;

namespace {

struct MemoryErasures final : ports::Erasures {
    ports::result<void> append(const ports::Erasure& erasure) override {
        content.erasures.push_back(erasure);
        return {};
    }
    ports::result<Content> read() override { return content; }
    Content content;
};

struct ErasingDesk : MemoryDesk {
    ErasingDesk() { apply({asking, other}); }
    EraseSubject::Outcome erase(const std::string& number = "91370000AAAAAAAA1X") {
        const auto done = use.erase(SubjectType::legal, number);
        REQUIRE(done.has_value());
        return *done;
    }
    app::EvaluationFacts page(const Completion& event) {
        const auto facts = show->by_token(token(event), clock.now());
        REQUIRE(facts.has_value());
        REQUIRE(*facts);
        return **facts;
    }
    app::LedgerFindings findings() {
        MemoryAnchorFile nothing_signed;
        MemoryAnchors anchors{nothing_signed};
        const PlainSigner signer{Digest{}};
        const auto report = app::verify_ledger(*store, anchors, {digests, signer, &ledger_seal}, {});
        REQUIRE(report.has_value());
        return report->findings;
    }

    const Completion asking = completion("C1"), other = completion("C2", {"91370000BBBBBBBB2X"});
    MemoryErasures list;
    EraseSubject use{{*store, *books, keys, list, clock}};
};

}  // namespace

SCENARIO("E29: an erased subject's words and identity are gone, its level and the figures stay, the ledger verifies",
         "[app]") {
    ErasingDesk desk;
    (void)desk.rate(desk.asking, Level::satisfied, desk.clock.now(), "窗口等候时间长");
    (void)desk.rate(desk.other, Level::satisfied, desk.clock.now(), "都好");
    const auto rated = desk.figure(Metric::opened);
    const auto before = desk.view(desk.asking);
    REQUIRE(desk.page(desk.asking).rating->text == "窗口等候时间长");

    CHECK(desk.erase() == EraseSubject::Outcome::erased);
    const auto after = desk.view(desk.asking);
    CHECK(after.subject.is_erased());
    CHECK(after.subject.id == before.subject.id);
    CHECK(after.subject.lookup != before.subject.lookup);
    CHECK_FALSE(desk.keys.vault.unwrap(after.subject.wrapped_key));
    const auto facts = desk.page(desk.asking);
    CHECK(facts.erased);
    REQUIRE(facts.rating);
    CHECK(facts.rating->level == Level::satisfied);
    CHECK(facts.rating->text.empty());
    CHECK(desk.page(desk.other).rating->text == "都好");
    CHECK_FALSE(desk.page(desk.other).erased);
    CHECK(desk.figure(Metric::opened) == rated);
    CHECK(desk.findings().empty());

    // Twice is no more than once.
    CHECK(desk.erase() == EraseSubject::Outcome::unknown);
    CHECK(desk.list.content.erasures.size() == 1);
    CHECK(desk.erase("91370000CCCCCCCC3X") == EraseSubject::Outcome::unknown);
}

SCENARIO("E46: while a ticket of the subject is open an erasure is deferred, and nothing changes", "[app]") {
    ErasingDesk desk;
    (void)desk.rate(desk.asking, Level::dissatisfied, desk.clock.now(), "窗口等候时间长，没有人解释");
    REQUIRE(desk.tickets().size() == 1);
    CHECK(desk.erase() == EraseSubject::Outcome::ticket_open);
    CHECK(desk.list.content.erasures.empty());
    CHECK(desk.page(desk.asking).rating->text == "窗口等候时间长，没有人解释");
    CHECK(desk.erase("91370000BBBBBBBB2X") == EraseSubject::Outcome::erased);
}

SCENARIO("who trades again after an erasure is somebody new, whom the list does not erase", "[app]") {
    ErasingDesk desk;
    REQUIRE(desk.erase() == EraseSubject::Outcome::erased);
    desk.clock.set(desk.clock.now() + 1h);
    const auto again = Desk::completion("C3");
    desk.apply({again});
    CHECK(desk.view(again).subject.id != desk.view(desk.asking).subject.id);
    (void)desk.rate(again, Level::satisfied, desk.clock.now(), "新的话");
    CHECK(desk.use.erase_again().value().erased == 0);
    CHECK(desk.page(again).rating->text == "新的话");
    CHECK(desk.findings().empty());
}

SCENARIO("what an older backup brings back is erased again, whatever is open of it", "[app]") {
    ErasingDesk desk;
    (void)desk.rate(desk.asking, Level::dissatisfied, desk.clock.now(), "窗口等候时间长，没有人解释");
    // As the list has it, and a database from before.
    desk.list.content.erasures.push_back({desk.view(desk.asking).subject.lookup, desk.clock.now()});
    desk.list.content.unreadable_lines = {2};
    const auto again = desk.use.erase_again();
    REQUIRE(again.has_value());
    CHECK(again->erased == 1);
    CHECK(again->unreadable_lines == 1);
    CHECK(desk.view(desk.asking).subject.is_erased());
    CHECK(desk.use.erase_again().value().erased == 0);
    CHECK(desk.findings().empty());
}

SCENARIO("a visit no longer says who came, once that subject is erased", "[app]") {
    ErasingDesk desk;
    Visit visit;
    visit.host_id = "H1";
    visit.visited_at = desk.clock.now();
    for (const auto* event : {&desk.asking, &desk.other}) {
        visit.visit_no = event->key.case_no;
        visit.subject = event->subjects[0];
        desk.apply({visit});
    }
    REQUIRE(desk.erase() == EraseSubject::Outcome::erased);
    const auto visits = desk.ask([](ports::Snapshot& rows) { return rows.visits().after(VisitId{}, 10); });
    REQUIRE(visits.size() == 2);
    CHECK(visits[0].sealed_subject.empty());
    CHECK_FALSE(visits[1].sealed_subject.empty());
    CHECK(desk.findings().empty());
}

SCENARIO("an erased subject's open evaluation takes no answer, and becomes a default", "[app]") {
    ErasingDesk desk;
    (void)desk.rate(desk.asking, Level::satisfied, desk.clock.now(), "窗口等候时间长", {}, "d", app::Intent::draft);
    REQUIRE(desk.erase() == EraseSubject::Outcome::erased);
    CHECK_FALSE(desk.page(desk.asking).may_be_rated());
    const auto reply = desk.rate(desk.asking, Level::satisfied, desk.clock.now());
    CHECK(reply.kind == app::RatingReply::Kind::fault);
    REQUIRE(reply.fault);
    CHECK(reply.fault->problem.find("已应要求删除") != std::string::npos);
    const auto settled = desk.settler->sweep(at(2026, 12, 1), 100);
    REQUIRE(settled.has_value());
    CHECK(settled->unreadable == 0);
    CHECK(desk.page(desk.asking).rating);
    CHECK(desk.findings().empty());
}

SCENARIO("a data key that is taken without a word in the ledger is a finding, and so is one put back", "[app]") {
    ErasingDesk desk;
    const auto subject = desk.view(desk.asking).subject;
    const auto take = [&] {
        return desk.store->write([&](ports::Transaction& tx) -> ports::result<void> {
            HCP_TRY(const auto taken, tx.subjects().erase(subject.id, subject.lookup, Digest{1}));
            CHECK(taken == 1);
            return {};
        });
    };
    REQUIRE(take().has_value());
    const auto found = desk.findings();
    REQUIRE(found.size() == 1);
    CHECK(found[0].subject == app::LedgerSubject::subject);
    CHECK(found[0].seq == subject.id.value());

    ErasingDesk told;
    const auto kept = told.view(told.asking).subject.id;
    REQUIRE(told.books->write([&](ports::Transaction&, record::Pen& pen) -> ports::result<void> {
        pen.enter(open_to_all, entries::SubjectErased{kept});
        return {};
    }));
    REQUIRE(told.findings().size() == 1);
    CHECK(told.findings()[0].text.find("数据密钥却还在") != std::string::npos);
}
