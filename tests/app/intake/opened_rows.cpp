#include "plugin/app/intake/opened_rows.hpp"

#include "plugin/domain/ledger_entries.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/plain_crypto.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <deque>
#include <memory>
#include <string>
#include <vector>

using namespace hcp;
using namespace hcp::domain;
using namespace hcp::test;

namespace {

// Completions and what is found of them; no store anywhere.
class Opening {
public:
    Opening() {
        rules.items.emplace("ZC-01", ports::ItemRow{"ZC-01", "项目登记", {}, {}, {}, "T", {}, {}, {}, true});
        rules.nodes.emplace("项目登记", ports::NodeRow{"项目登记", "项目登记办结", "3"});
        terms.max_services = 3;
    }

    // One more of them, which may be changed until rows() is asked for.
    Completion& completed(const std::string& case_no, const std::vector<std::string>& certificates = {"A"}) {
        auto& event = completions.emplace_back();
        event.key = {"H1", case_no, "1"};
        event.line = Line::government;
        event.project_no = "P1";
        event.node = "项目登记";
        event.item_code = "ZC-01";
        event.department_id = "D1";
        event.completed_at = now;
        event.mode = Mode::online;
        event.handlers.push_back({"S1", "某经办"});
        for (const auto& certificate : certificates) {
            SubjectFacts subject;
            subject.certificate_no = certificate;
            subject.role = Role::bidder;
            event.subjects.push_back(subject);
        }
        return event;
    }

    ports::result<app::OpenedRows> try_rows() {
        std::vector<app::NewCompletion> fresh;
        for (const auto& event : completions) {
            app::NewCompletion one{&event, accepted_at, case_key(keys, event.key), {}, {}, {}};
            for (const auto& subject : event.subjects) {
                one.subjects.push_back(lookup_of(subject));
                one.dossiers.push_back(dossier_of(event, subject));
            }
            fresh.push_back(std::move(one));
        }
        return app::opened_rows(fresh, found, keys, rules, terms, pen);
    }
    app::OpenedRows rows() {
        auto opened = try_rows();
        REQUIRE(opened.has_value());
        return *std::move(opened);
    }

    [[nodiscard]] record::Digest lookup_of(const SubjectFacts& subject) const {
        return record::subject_lookup(keys, subject.type, subject.certificate_no);
    }
    [[nodiscard]] record::Digest dossier_of(const Completion& event, const SubjectFacts& subject) const {
        return record::dossier_key(keys, event.project_no, event.section, lookup_of(subject));
    }
    ports::DossierRow& found_dossier(const Completion& event, std::int32_t services) {
        ports::DossierRow row;
        row.id = DossierId{77};
        row.key_digest = dossier_of(event, event.subjects.front());
        row.project_no = "3777";
        row.service_count = services;
        return found.dossiers.insert_or_assign(row.key_digest, row).first->second;
    }
    void found_withdrawal(const Completion& event) {
        ports::WithdrawalRow row;
        row.key_digest = case_key(keys, event.key);
        row.withdrawn_at = now - 1h;
        found.withdrawals.emplace(row.key_digest, row);
    }
    void found_opening(const std::string& section, Instant opened_at) {
        found.openings.push_back({"P1", section, opened_at, now});
    }
    // How many entries of the kind are in the chain.
    [[nodiscard]] std::ptrdiff_t entered(LedgerKind kind, Chain chain = Chain::open) const {
        return std::count_if(pen.rows().begin(), pen.rows().end(), [&](const ports::LedgerRow& row) {
            return row.kind == static_cast<std::int32_t>(kind) && row.lane == lane_of(instance, chain);
        });
    }

    const Instant now = at(2026, 9, 24, 15h);
    Instant accepted_at = now;  // by the journal
    const InstanceNo instance{1};
    const PlainDigests sm3;
    const PlainRing ring;
    const PlainKeyedDigest lookup = ring.keyed_digest("lookup"), link = ring.keyed_digest("link"),
                           content = ring.keyed_digest("content"), ledger = ring.keyed_digest("ledger");
    const PlainSealer sealer = ring.sealer("records");
    const std::unique_ptr<PlainVault> vault = ring.vault();
    const record::Keys keys{sm3, lookup, link, content, sealer, *vault};
    IdSource ids{instance};
    record::Pen pen{ids,
                    sm3,
                    ledger,
                    {ports::LedgerHead{lane_of(instance, Chain::open), 0, {}},
                     ports::LedgerHead{lane_of(instance, Chain::secret), 0, {}}},
                    now,
                    now};
    record::Rules rules;
    record::BridgeTerms terms;
    std::deque<Completion> completions;
    app::FactsFound found;
};

std::int64_t figure(const app::OpenedRows& rows, Metric metric) {
    std::int64_t sum = 0;
    for (const auto& count : rows.counts.all())
        if (count.metric == metric) sum += count.n;
    return sum;
}

}  // namespace

SCENARIO("a completion opens one evaluation and one service per subject, and the ledger says so", "[opening]") {
    Opening desk;
    desk.completed("C1", {"A", "B"});
    const auto rows = desk.rows();
    REQUIRE(rows.cases.size() == 1);
    REQUIRE(rows.evaluations.size() == 2);
    REQUIRE(rows.deliveries.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(rows.evaluations[i].state == EvaluationState::open);
        CHECK(rows.evaluations[i].case_id == rows.cases[0].id);
        CHECK(rows.evaluations[i].service_ordinal == 1);
        CHECK(rows.deliveries[i].kind == DeliveryKind::service);
        CHECK(rows.deliveries[i].state == DeliveryState::queued);
        CHECK(rows.deliveries[i].evaluation_id == rows.evaluations[i].id);
    }
    CHECK(rows.subjects.size() == 2);
    CHECK(rows.new_dossiers.size() == 2);
    CHECK(rows.cases_told == 1);
    CHECK(rows.evaluations_told == 2);
    CHECK(figure(rows, Metric::opened) == 2);
    CHECK(desk.entered(LedgerKind::case_opened) == 1);
    CHECK(desk.entered(LedgerKind::evaluation_opened) == 2);
}

SCENARIO("one that was withdrawn before it came is void from the start, which the province is told (E17)",
         "[opening]") {
    Opening desk;
    desk.found_withdrawal(desk.completed("C1", {"A", "B"}));
    const auto rows = desk.rows();
    REQUIRE(rows.cases.size() == 1);
    CHECK(rows.cases[0].withdrawn);
    CHECK(rows.cases[0].withdrawn_at == desk.now - 1h);
    REQUIRE(rows.evaluations.size() == 2);
    REQUIRE(rows.deliveries.size() == 2);
    for (std::size_t i = 0; i < 2; ++i) {
        CHECK(rows.evaluations[i].state == EvaluationState::voided);
        CHECK(rows.deliveries[i].kind == DeliveryKind::withdrawal);
        CHECK(rows.deliveries[i].held_reason == HeldReason::no_message);
    }
    CHECK(figure(rows, Metric::voided) == 2);
    CHECK(figure(rows, Metric::opened) == 0);
    CHECK(desk.entered(LedgerKind::voided) == 2);
    CHECK(desk.entered(LedgerKind::withdrawn) == 1);
}

SCENARIO("a void evaluation is no service of its dossier", "[opening]") {
    Opening desk;
    desk.found_withdrawal(desk.completed("C1"));
    desk.completed("C2");
    const auto rows = desk.rows();
    REQUIRE(rows.evaluations.size() == 2);
    CHECK(rows.evaluations[0].service_ordinal == 0);
    CHECK(rows.evaluations[1].service_ordinal == 1);
    CHECK(rows.deliveries.at(1).waits_for == DeliveryId{});
    REQUIRE(rows.new_dossiers.size() == 1);
    CHECK(rows.new_dossiers[0].service_count == 1);
}

SCENARIO("a dossier that is found grows, and says as what it was found", "[opening]") {
    Opening desk;
    desk.found_dossier(desk.completed("C1"), 1).last_service_delivery = DeliveryId{5};
    desk.completed("C2");
    const auto rows = desk.rows();
    CHECK(rows.new_dossiers.empty());
    REQUIRE(rows.grown_dossiers.size() == 1);
    CHECK(rows.grown_dossiers[0].id == DossierId{77});
    CHECK(rows.grown_dossiers[0].service_count == 3);
    CHECK(rows.grown_dossiers[0].last_service_delivery == rows.deliveries.at(1).id);
    CHECK(rows.services_found == std::vector<std::int32_t>{1});
    CHECK(rows.evaluations.at(0).service_ordinal == 2);
    CHECK(rows.evaluations.at(1).service_ordinal == 3);
    CHECK(rows.deliveries.at(0).waits_for == DeliveryId{5});
}

SCENARIO("a dossier that only a void one asked for does not grow", "[opening]") {
    Opening desk;
    const auto& event = desk.completed("C1");
    desk.found_dossier(event, 1);
    desk.found_withdrawal(event);
    const auto rows = desk.rows();
    CHECK(rows.grown_dossiers.empty());
    CHECK(rows.services_found.empty());
}

SCENARIO("a full dossier gives way to the next", "[opening]") {
    Opening desk;
    WHEN("it is found full") {
        auto& full = desk.found_dossier(desk.completed("C1"), 3);
        full.overflow = 4;
        full.last_service_delivery = DeliveryId{5};
        const auto rows = desk.rows();
        CHECK(rows.grown_dossiers.empty());
        REQUIRE(rows.new_dossiers.size() == 1);
        const auto& next = rows.new_dossiers[0];
        CHECK(next.overflow == 5);
        CHECK(next.key_digest == full.key_digest);
        CHECK(next.service_count == 1);
        CHECK(next.project_no == desk.terms.project_no_prefix + std::to_string(next.id.value()));
        CHECK(rows.evaluations.at(0).dossier_id == next.id);
        CHECK(rows.deliveries.at(0).waits_for == DeliveryId{});
    }
    WHEN("it is found with one place left, and two come") {
        desk.found_dossier(desk.completed("C1"), 2);
        desk.completed("C2");
        const auto rows = desk.rows();
        REQUIRE(rows.grown_dossiers.size() == 1);
        CHECK(rows.grown_dossiers[0].service_count == 3);
        CHECK(rows.services_found == std::vector<std::int32_t>{2});
        REQUIRE(rows.new_dossiers.size() == 1);
        CHECK(rows.new_dossiers[0].overflow == 1);
        CHECK(rows.evaluations.at(0).dossier_id == DossierId{77});
        CHECK(rows.evaluations.at(1).dossier_id == rows.new_dossiers[0].id);
    }
    WHEN("there is none, and more come than two can take") {
        for (int i = 0; i < 7; ++i) desk.completed("C" + std::to_string(i));
        const auto rows = desk.rows();
        REQUIRE(rows.new_dossiers.size() == 3);
        std::vector<std::pair<std::int32_t, std::int32_t>> all;
        for (const auto& dossier : rows.new_dossiers) all.emplace_back(dossier.overflow, dossier.service_count);
        std::sort(all.begin(), all.end());
        CHECK(all == std::vector<std::pair<std::int32_t, std::int32_t>>{{0, 3}, {1, 3}, {2, 1}});
    }
}

SCENARIO("of one dossier each service waits for the one before it, and for no other's", "[opening]") {
    Opening desk;
    for (const std::string number : {"1", "2", "3"}) desk.completed("C" + number, {"A", "B"});
    const auto rows = desk.rows();
    REQUIRE(rows.deliveries.size() == 6);
    for (std::size_t i = 0; i < 2; ++i) CHECK(rows.deliveries[i].waits_for == DeliveryId{});
    for (std::size_t i = 2; i < 6; ++i) CHECK(rows.deliveries[i].waits_for == rows.deliveries[i - 2].id);
    for (const auto& dossier : rows.new_dossiers)
        CHECK((dossier.last_service_delivery == rows.deliveries[4].id ||
               dossier.last_service_delivery == rows.deliveries[5].id));
}

SCENARIO("a secret one is embargoed, its service held, and neither is counted (E14)", "[opening]") {
    Opening desk;
    desk.completed("C1", {"A", "B"}).secrecy = Secrecy::until_opening();
    const auto rows = desk.rows();
    REQUIRE(rows.evaluations.size() == 2);
    for (const auto& row : rows.evaluations) CHECK(row.secrecy == Secrecy::until_opening());
    for (const auto& row : rows.deliveries) CHECK(row.held_reason == HeldReason::secrecy);
    CHECK(rows.counts.all().empty());
    CHECK(rows.cases_told == 0);
    CHECK(rows.evaluations_told == 0);
    CHECK(desk.entered(LedgerKind::evaluation_opened, Chain::open) == 0);
    CHECK(desk.entered(LedgerKind::evaluation_opened, Chain::secret) == 2);
    CHECK(desk.entered(LedgerKind::case_opened, Chain::secret) == 1);
}

SCENARIO("a secret one that was withdrawn before it came is not counted either (E14)", "[opening]") {
    Opening desk;
    auto& event = desk.completed("C1");
    event.secrecy = Secrecy::until_opening();
    desk.found_withdrawal(event);
    const auto rows = desk.rows();
    CHECK(rows.counts.all().empty());
    CHECK(rows.cases_told == 0);
    CHECK(rows.evaluations_told == 0);
    CHECK(desk.entered(LedgerKind::voided, Chain::secret) == 1);
    CHECK(desk.entered(LedgerKind::withdrawn, Chain::open) == 0);
}

SCENARIO("one beside a secret one is counted by itself", "[opening]") {
    Opening desk;
    desk.completed("C1").secrecy = Secrecy::until_opening();
    desk.completed("C2", {"A", "B"});
    const auto rows = desk.rows();
    CHECK(rows.cases_told == 1);
    CHECK(rows.evaluations_told == 2);
    CHECK(figure(rows, Metric::opened) == 2);
}

SCENARIO("a secret one whose bids are open already is open to all", "[opening]") {
    Opening desk;
    auto& event = desk.completed("C1");
    event.secrecy = Secrecy::until_opening();
    event.section = "1";
    struct Found {
        std::string words, section;
        Instant opened_at;
        bool lifts;
    };
    constexpr auto tolerance = ports::OpeningRow::tolerance;
    for (const auto& one : {Found{"its section", "1", desk.now, true}, Found{"the whole project", "", desk.now, true},
                            Found{"another section", "2", desk.now, false},
                            Found{"as long before as clocks may differ", "1", desk.now - tolerance, true},
                            Found{"longer before", "1", desk.now - tolerance - 1us, false}})
        WHEN("what was opened is " + one.words) {
            desk.found_opening(one.section, one.opened_at);
            const auto rows = desk.rows();
            CHECK(rows.evaluations.at(0).secrecy == (one.lifts ? open_to_all : Secrecy::until_opening()));
            CHECK(rows.cases.at(0).secrecy_lifted_at ==
                  (one.lifts ? std::optional{desk.now} : std::optional<Instant>{}));
            CHECK(rows.cases[0].reported_secrecy == Secrecy::until_opening());
            CHECK(rows.evaluations_told == (one.lifts ? 1 : 0));
        }
    WHEN("it is another project's") {
        desk.found.openings.push_back({"P2", "", desk.now, desk.now});
        CHECK(desk.rows().evaluations.at(0).secrecy == Secrecy::until_opening());
    }
}

SCENARIO("one that was never secret has nothing to be lifted", "[opening]") {
    Opening desk;
    desk.completed("C1");
    desk.found_opening("", desk.now);
    CHECK_FALSE(desk.rows().cases.at(0).secrecy_lifted_at);
}

SCENARIO("an item that nobody knows is noted once, however many name it, and holds their services (E18)", "[opening]") {
    Opening desk;
    for (const std::string number : {"1", "2", "3"}) desk.completed("C" + number).item_code = "XX-99";
    desk.completed("C4").item_code = "";
    desk.completed("C5");
    const auto rows = desk.rows();
    REQUIRE(rows.items.size() == 1);
    CHECK(rows.items[0].item_code == "XX-99");
    CHECK_FALSE(rows.items[0].classified);
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(rows.cases.at(i).unclassified == (i < 4));
        CHECK(rows.deliveries.at(i).held_reason == (i < 4 ? HeldReason::unclassified : HeldReason::none));
    }
}

SCENARIO("a line that is none of the table is taken, noted, and holds its services (E36)", "[opening]") {
    Opening desk;
    for (const auto line : {5, 99, -1, INT32_MIN}) desk.completed("C" + std::to_string(line)).line = Line{line};
    for (const auto line : {1, 4, 100, INT32_MAX}) desk.completed("C" + std::to_string(line)).line = Line{line};
    for (auto& event : desk.completions) event.subjects[0].certificate_no = "91350100M000100Y43";
    const auto rows = desk.rows();
    REQUIRE(rows.doubts.size() == 4);
    for (std::size_t i = 0; i < 8; ++i) {
        CHECK(rows.cases.at(i).unclassified == (i < 4));
        CHECK(rows.deliveries.at(i).held_reason == (i < 4 ? HeldReason::unclassified : HeldReason::none));
        if (i >= 4) continue;
        CHECK(rows.doubts[i].evaluation_id == rows.evaluations.at(i).id);
        CHECK(rows.doubts[i].line_unknown);
        CHECK_FALSE(rows.doubts[i].number_wrong);
        CHECK_FALSE(rows.doubts[i].kind_unknown);
    }
}

SCENARIO("a certificate number that is wrong is taken and noted, and its services go out (E36)", "[opening]") {
    struct Case {
        SubjectType type;
        std::string kind, number;
        bool wrong;
    };
    const std::string firm = "91350100M000100Y43", person = "11010519491231002X";
    const std::vector<Case> cases{
        {SubjectType::legal, "", firm, false},     {SubjectType::legal, "", "91350100M000100Y44", true},
        {SubjectType::legal, "", person, true},    {SubjectType::legal, "111", person, false},
        {SubjectType::person, "", person, false},  {SubjectType::person, "", "110105194912310021", true},
        {SubjectType::person, "001", firm, false}, {SubjectType::person, "414", "E1", false},
        {SubjectType::other, "", firm, false},     {SubjectType::other, "", "E1", true},
    };
    Opening desk;
    for (const auto& one : cases) {
        auto& subject = desk.completed(one.kind + one.number + std::to_string(int(one.type))).subjects[0];
        subject.type = one.type;
        subject.certificate_kind = one.kind;
        subject.certificate_no = one.number;
    }
    const auto rows = desk.rows();
    for (std::size_t i = 0; i < cases.size(); ++i) {
        INFO(cases[i].kind << ' ' << cases[i].number);
        const auto noted = std::find_if(rows.doubts.begin(), rows.doubts.end(), [&](const auto& doubt) {
            return doubt.evaluation_id == rows.evaluations.at(i).id;
        });
        CHECK((noted != rows.doubts.end()) == cases[i].wrong);
        if (noted != rows.doubts.end()) CHECK(noted->number_wrong);
        CHECK(rows.deliveries.at(i).held_reason == HeldReason::none);
    }
}

SCENARIO("a kind of certificate that nobody knows is taken, noted, and holds its service until it is mapped (E36)",
         "[opening]") {
    Opening desk;
    desk.completed("C1").subjects[0].certificate_kind = "112";
    const bool mapped = GENERATE(false, true);
    if (mapped) desk.terms.mapped_certificate_kinds.insert("112");
    const auto rows = desk.rows();
    CHECK(rows.doubts.size() == (mapped ? 0 : 1));
    if (!mapped) CHECK(rows.doubts[0].kind_unknown);
    CHECK(rows.deliveries.at(0).held_reason == (mapped ? HeldReason::none : HeldReason::unclassified));
}

SCENARIO("a subject that is met twice has one row and one key", "[opening]") {
    Opening desk;
    desk.completed("C1");
    desk.completed("C2");
    desk.completed("C3", {"A", "B"});
    const auto rows = desk.rows();
    CHECK(rows.subjects.size() == 2);
    CHECK(rows.evaluations.at(0).subject_id == rows.evaluations.at(1).subject_id);
    CHECK(rows.evaluations.at(0).subject_id == rows.evaluations.at(2).subject_id);
    CHECK(rows.evaluations.at(0).subject_id != rows.evaluations.at(3).subject_id);
    const auto key = desk.vault->unwrap(rows.subjects[0].wrapped_key);
    REQUIRE(key.has_value());
    for (std::size_t i = 0; i < 3; ++i)
        CHECK((*key)
                  ->open(rows.evaluations[i].sealed_subject, ports::View{rows.evaluations[i].token_digest})
                  .has_value());
}

SCENARIO("a subject that is found keeps its row and its key", "[opening]") {
    Opening desk;
    const auto& event = desk.completed("C1");
    auto made = desk.vault->make();
    REQUIRE(made.has_value());
    const auto lookup = desk.lookup_of(event.subjects[0]);
    const ports::SubjectRow known{SubjectId{9}, lookup, SubjectType::legal, made->wrapped, desk.now};
    desk.found.subjects.emplace(lookup, known);
    WHEN("its key opens") {
        const auto rows = desk.rows();
        CHECK(rows.subjects.empty());
        CHECK(rows.evaluations.at(0).subject_id == SubjectId{9});
        CHECK(made->key->open(rows.evaluations[0].sealed_subject, ports::View{rows.evaluations[0].token_digest})
                  .has_value());
    }
    WHEN("its key does not open, there are no rows") {
        desk.vault->lose(made->wrapped);
        const auto opened = desk.try_rows();
        REQUIRE(opened.has_error());
        CHECK(opened.error().category() == ports::crypto_category());
    }
}

SCENARIO("a case of no department or no handler is nobody's yet (M2.1)", "[opening]") {
    Opening desk;
    desk.completed("C1");
    desk.completed("C2").department_id.clear();
    desk.completed("C3").handlers.clear();
    const auto rows = desk.rows();
    CHECK_FALSE(rows.cases.at(0).unattributed);
    CHECK(rows.cases.at(1).unattributed);
    CHECK(rows.cases.at(2).unattributed);
    CHECK(rows.cases.at(2).sealed_handlers.empty());
}

SCENARIO("the window counts from the opening where that is the later (E33)", "[opening]") {
    Opening desk;
    desk.completed("C1").completed_at = desk.now - std::chrono::days{10};
    desk.completed("C2");
    const auto rows = desk.rows();
    CHECK(rows.evaluations.at(0).deadline_by_completion < rows.evaluations.at(0).deadline);
    CHECK(rows.evaluations.at(0).deadline == rows.evaluations.at(1).deadline);
    CHECK(rows.evaluations.at(1).deadline_by_completion == rows.evaluations.at(1).deadline);
}

SCENARIO("what is accepted before midnight and stored after it opened on the day of its acceptance (E52)",
         "[opening]") {
    Opening desk;
    desk.accepted_at = at(2026, 9, 24, 0h) - 1s;
    desk.completed("C1").completed_at = desk.accepted_at - 1s;
    const auto rows = desk.rows();
    CHECK(rows.evaluations.at(0).opened_at == desk.accepted_at);
    CHECK(rows.evaluations.at(0).deadline == at(2026, 10, 1, 0h));  // 24, 25, 28, 29, 30
    CHECK(rows.evaluations.at(0).deadline == rows.evaluations.at(0).deadline_by_completion);
    CHECK(rows.cases.at(0).opened_at == desk.now);
}
