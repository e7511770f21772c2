#include "tests/contract/clauses.hpp"
#include "tests/contract/samples.hpp"

#include <limits>

namespace hcp::contract {
namespace {

void everything_comes_back(Database& database) {
    const auto store = database.open();
    Samples make;
    auto of = make.completion();
    of.secret = of.unattributed = of.unclassified = of.withdrawn = true;
    of.secrecy_lifted_at = monday + 5h;
    of.withdrawn_at = monday + 6h;
    const auto subject = make.subject();
    auto dossier = make.dossier();
    dossier.overflow = 2;
    auto evaluation = make.evaluation(of, subject, dossier);
    evaluation.state = EvaluationState::rated;
    evaluation.withdrawn = evaluation.provisional = true;
    evaluation.service_number = 17;
    evaluation.service_time = "2026-03-02 10:00:00";
    auto rating = make.rating(evaluation);
    rating.incomplete = true;
    rating.real_name = false;
    evaluation.rating_id = rating.id;
    auto service = make.delivery(evaluation);
    service.rating_id = rating.id;
    service.attempts = 3;
    service.outcome_unknown = true;
    service.last_reason = "省平台返回：签名错误";
    service.sent_digest = make.digest();
    service = make.held(service, HeldReason::expert);
    dossier.last_service_delivery = service.id;
    const auto ticket = make.ticket(evaluation, rating.id);
    const auto comment = make.comment(evaluation);
    const auto draft = make.draft(evaluation);
    must(put(*store, subject, of, dossier, evaluation, rating, service, ticket, comment));
    writing(*store, [&](Writing& rows) { return rows.put_draft(draft); });

    const auto view = reading(*store, [&](Reading& rows) { return rows.evaluation_by_token(evaluation.token_digest); });
    REQUIRE(view);
    CHECK(same(view->evaluation, evaluation));
    CHECK(same(view->of, of));
    CHECK(same(view->subject, subject));
    REQUIRE(view->rating);
    CHECK(same(*view->rating, rating));
    REQUIRE(view->draft);
    CHECK(same(*view->draft, draft));
    CHECK(view->undelivered_service == service.id);

    const auto summary = reading(*store, [&](Reading& rows) { return rows.delivery(service.id); });
    REQUIRE(summary);
    CHECK(same(summary->delivery, service));
    CHECK(summary->case_no == of.case_no);
    CHECK(summary->completion_no == of.completion_no);
    CHECK(summary->node == of.node);
    CHECK(summary->project_no == dossier.project_no);
    CHECK(summary->service_number == 17);

    const auto stored_ticket = reading(*store, [&](Reading& rows) { return rows.ticket_of(evaluation.id); });
    REQUIRE(stored_ticket);
    CHECK(same(*stored_ticket, ticket));
    const auto stored_comment =
        reading(*store, [&](Reading& rows) { return rows.comment_by_request(evaluation.id, comment.request_digest); });
    REQUIRE(stored_comment);
    CHECK(same(*stored_comment, comment));
    const auto dossiers = reading(*store, [&](Reading& rows) {
        return rows.dossiers_by_key(std::span{&dossier.key_digest, 1});
    });
    REQUIRE(dossiers[0]);
    CHECK(same(*dossiers[0], dossier));
    const auto ratings = reading(*store, [&](Reading& rows) { return rows.ratings_after(RatingId{}, 10); });
    REQUIRE(ratings.size() == 1);
    CHECK(same(ratings[0], rating));
}

void the_other_rows_come_back(Database& database) {
    const auto store = database.open();
    Samples make;
    const VisitRow visit{make.id<VisitId>(), make.digest(), "平台一", "访-1",  Line::mining, monday,     "三号窗口",
                         "部门-1",           "服务部",      "事项-1", "工号9", make.bytes(), monday + 1s};
    const WithdrawalRow withdrawal{make.digest(), "平台一", "办件-1", "办结-1", make.bytes(), monday, monday + 1s};
    const OpeningRow opening{"项目-甲", "标段一", monday, monday + 1s};
    const OpeningRow second_round{"项目-甲", "标段一", monday + 24h, monday + 25h};
    const LedgerRow entry{7, 1, 3, monday, make.bytes(150), make.digest(), make.digest()};
    const ReferenceRow older{ReferenceKind::calendar, "2025", std::string(64, 'a'), "2025-01-01,休\n", monday - 24h};
    const ReferenceRow newer{ReferenceKind::calendar, "2026", std::string(64, 'b'), std::string(100'000, 'x') + "春节",
                             monday};
    must(put(*store, visit, withdrawal, opening, second_round, entry, newer, older));

    const std::vector keys{visit.key_digest, make.digest()};
    CHECK(reading(*store, [&](Reading& rows) { return rows.visits_known(keys); }) == std::vector{true, false});
    const std::vector asked{make.digest(), withdrawal.key_digest};
    const auto withdrawals = reading(*store, [&](Reading& rows) { return rows.withdrawals_by_key(asked); });
    CHECK_FALSE(withdrawals[0]);
    REQUIRE(withdrawals[1]);
    CHECK(same(*withdrawals[1], withdrawal));
    const std::vector<std::string> projects{"项目-乙", "项目-甲", "项目-甲"};
    auto openings = reading(*store, [&](Reading& rows) { return rows.openings_of(projects); });
    REQUIRE(openings.size() == 2);
    if (openings[1].opened_at < openings[0].opened_at) std::swap(openings[0], openings[1]);
    CHECK(same(openings[0], opening));
    CHECK(same(openings[1], second_round));
    const auto ledger = reading(*store, [&](Reading& rows) { return rows.ledger(7, 0, 10); });
    REQUIRE(ledger.size() == 1);
    CHECK(same(ledger[0], entry));
    const auto references = reading(*store, [&](Reading& rows) { return rows.references(ReferenceKind::calendar); });
    REQUIRE(references.size() == 2);
    CHECK(same(references[0], older));
    CHECK(same(references[1], newer));

    ItemRow item{"事项-1", "招标文件备案", "370000", "D1", "住建局", "T1", "H1", "1", "2", false};
    writing(*store, [&](Writing& rows) { return rows.put_items(std::span<const ItemRow>{&item, 1}); });
    item.classified = true;
    item.name = "招标文件备案（新）";
    writing(*store, [&](Writing& rows) { return rows.put_items(std::span<const ItemRow>{&item, 1}); });
    const auto items = reading(*store, [](Reading& rows) { return rows.items(); });
    REQUIRE(items.size() == 1);
    CHECK(same(items[0], item));
}

void empty_comes_back_empty(Database& database) {
    const auto store = database.open();
    Samples make;
    CaseRow of;
    of.id = make.id<CaseId>();
    of.key_digest = make.digest();
    SubjectRow subject;
    subject.id = make.id<SubjectId>();
    subject.lookup = make.digest();
    EvaluationRow evaluation;
    evaluation.id = make.id<EvaluationId>();
    evaluation.case_id = of.id;
    evaluation.subject_id = subject.id;
    evaluation.token_digest = make.digest();
    RatingRow rating;
    rating.id = make.id<RatingId>();
    rating.evaluation_id = evaluation.id;
    evaluation.rating_id = rating.id;
    const OpeningRow whole_project{"项目-甲", "", monday, monday};
    must(put(*store, subject, of, evaluation, rating, whole_project));

    const auto view = reading(*store, [&](Reading& rows) { return rows.evaluation_by_token(evaluation.token_digest); });
    REQUIRE(view);
    CHECK(same(view->evaluation, evaluation));
    CHECK(same(view->of, of));
    CHECK(same(view->subject, subject));
    REQUIRE(view->rating);
    CHECK(same(*view->rating, rating));
    CHECK_FALSE(view->draft);
    CHECK(view->undelivered_service == DeliveryId{});
    const std::vector<std::string> projects{"项目-甲"};
    const auto openings = reading(*store, [&](Reading& rows) { return rows.openings_of(projects); });
    REQUIRE(openings.size() == 1);
    CHECK(openings[0].section.empty());
    CHECK(put(*store, whole_project).error() == store_errc::conflict);
}

void extremes_come_back(Database& database) {
    const auto store = database.open();
    Samples make;
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    const auto opened = make.open(*store, [&](CaseRow& c) {
        c.id = CaseId{most};
        c.completed_at = Instant{std::chrono::microseconds{most}};
        c.opened_at = Instant{std::chrono::microseconds{std::numeric_limits<std::int64_t>::min()}};
        c.project_name = std::string{};
        for (int i = 0; i < 200; ++i) c.project_name += "项";  // the longest that the host may report
    });
    const auto found = reading(*store, [&](Reading& rows) {
        return rows.cases_by_key(std::span{&opened.of.key_digest, 1});
    });
    REQUIRE(found[0]);
    CHECK(same(*found[0], opened.of));

    const LedgerRow last{2, most, 1, monday, make.bytes(), make.digest(), make.digest()};
    must(put(*store, last));
    CHECK(reading(*store, [](Reading& rows) { return rows.ledger_heads(); }).at(0).seq == most);
}

template <class R>
void check_taken(Store& store, const R& row) {
    CHECK(put(store, row).error() == store_errc::conflict);
}

void keys_are_unique(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto o = make.open(*store);
    const auto rating = make.rating(o.evaluation);
    const auto comment = make.comment(o.evaluation);
    const auto ticket = make.ticket(o.evaluation, rating.id);
    const auto care = make.ticket(o.evaluation, {}, comment.id);
    const auto service = make.delivery(o.evaluation);
    const VisitRow visit{
        make.id<VisitId>(), make.digest(), "平台一", "访-1", Line::mining, monday, "", "", "", "", "", {}, monday};
    const WithdrawalRow withdrawal{make.digest(), "平台一", "办件-1", "办结-1", {}, monday, monday};
    const OpeningRow opening{"项目-甲", "标段一", monday, monday};
    const LedgerRow entry{7, 1, 3, monday, make.bytes(), make.digest(), make.digest()};
    const ReferenceRow reference{ReferenceKind::policy, "2020", std::string(64, 'a'), "x", monday};
    must(put(*store, rating, comment, ticket, care, service, visit, withdrawal, opening, entry, reference));

    const auto with = [](auto row, auto change) {
        change(row);
        return row;
    };
    check_taken(*store, with(o.subject, [&](auto& r) { r.id = make.id<SubjectId>(); }));
    check_taken(*store, with(o.of, [&](auto& r) { r.id = make.id<CaseId>(); }));
    check_taken(*store,
                with(o.evaluation, [&](auto& r) { r.id = make.id<EvaluationId>(), r.token_digest = make.digest(); }));
    auto other = make.open(*store).evaluation;
    other.id = make.id<EvaluationId>();
    other.subject_id = o.subject.id;
    other.token_digest = o.evaluation.token_digest;
    check_taken(*store, other);
    check_taken(*store, with(o.dossier, [&](auto& r) { r.id = make.id<DossierId>(), r.project_no += "1"; }));
    check_taken(*store, with(o.dossier, [&](auto& r) { r.id = make.id<DossierId>(), r.overflow = 1; }));
    must(put(*store,
             with(o.dossier, [&](auto& r) { r.id = make.id<DossierId>(), r.project_no += "1", r.overflow = 1; })));
    check_taken(*store, with(rating, [&](auto& r) { r.id = make.id<RatingId>(); }));
    must(put(*store, with(rating, [&](auto& r) { r.id = make.id<RatingId>(), r.revision = 2; })));
    check_taken(*store, with(ticket, [&](auto& r) { r.id = make.id<TicketId>(); }));
    check_taken(*store, with(care, [&](auto& r) { r.id = make.id<TicketId>(); }));
    check_taken(*store, with(service, [&](auto& r) { r.id = make.id<DeliveryId>(); }));
    must(put(*store, with(service, [&](auto& r) { r.id = make.id<DeliveryId>(), r.revision = 2; })));
    check_taken(*store, with(visit, [&](auto& r) { r.id = make.id<VisitId>(); }));
    check_taken(*store, withdrawal);
    check_taken(*store, opening);
    check_taken(*store, entry);
    check_taken(*store, reference);
}

void answers_are_in_order(Database& database) {
    const auto store = database.open();
    Samples make;
    std::vector<SubjectRow> subjects;
    std::vector<Digest> asked;
    for (int i = 0; i < 700; ++i) {
        subjects.push_back(make.subject());
        asked.push_back(subjects.back().lookup);
        if (i % 3 == 0) asked.push_back(make.digest());  // not there
        if (i % 5 == 0) asked.push_back(subjects.front().lookup);
    }
    writing(*store, [&](Writing& rows) { return rows.insert(std::span<const SubjectRow>{subjects}); });
    const auto found = reading(*store, [&](Reading& rows) { return rows.subjects_by_lookup(asked); });
    REQUIRE(found.size() == asked.size());
    std::size_t known = 0, wrong = 0;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (!found[i]) continue;
        ++known;
        if (found[i]->lookup != asked[i]) ++wrong;
    }
    CHECK(known == 700 + 140);
    CHECK(wrong == 0);
    CHECK(reading(*store, [](Reading& rows) { return rows.subjects_by_lookup({}); }).empty());

    auto dossier = make.dossier();
    auto next = dossier;
    next.id = make.id<DossierId>();
    next.overflow = 1;
    next.project_no += "1";
    must(put(*store, next, dossier));
    const auto dossiers = reading(*store, [&](Reading& rows) {
        return rows.dossiers_by_key(std::span{&dossier.key_digest, 1});
    });
    REQUIRE(dossiers[0]);
    CHECK(dossiers[0]->overflow == 1);
}

void large_batches_go_in(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto of = make.completion();
    const auto dossier = make.dossier();
    std::vector<SubjectRow> subjects;
    std::vector<EvaluationRow> evaluations;
    std::vector<Digest> tokens;
    for (int i = 0; i < 5000; ++i) {
        subjects.push_back(make.subject());
        evaluations.push_back(make.evaluation(of, subjects.back(), dossier));
        tokens.push_back(evaluations.back().token_digest);
    }
    must(put(*store, of, dossier));
    must(store->write([&](Writing& rows) -> result<void> {
        HCP_CHECK(rows.insert(std::span<const SubjectRow>{subjects}));
        return rows.insert(std::span<const EvaluationRow>{evaluations});
    }));
    const auto views = reading(*store, [&](Reading& rows) { return rows.evaluations_by_token(tokens); });
    std::size_t equal = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i)
        if (views[i] && same(views[i]->evaluation, evaluations[i]) && same(views[i]->subject, subjects[i])) ++equal;
    CHECK(equal == tokens.size());
    CHECK(reading(*store, [&](Reading& rows) { return rows.evaluations_of_case(of.id); }).size() == 5000);
}

void too_much_is_refused(Database& database) {
    const auto store = database.open();
    Samples make;
    auto of = make.completion();
    of.case_no = std::string(65, 'x');
    CHECK(put(*store, of).error() == store_errc::refused);
    of.case_no = std::string(64, 'x');
    of.mode = static_cast<Mode>(9);
    CHECK(put(*store, of).error() == store_errc::refused);
    of.mode = Mode::online;
    must(put(*store, of));
    const auto orphan = make.evaluation(make.completion(), make.subject(), make.dossier());
    CHECK(put(*store, orphan).error() == store_errc::refused);
}

void ledger_goes_on_by_lane(Database& database) {
    const auto store = database.open();
    Samples make;
    std::vector<LedgerRow> entries;
    for (const std::int32_t lane : {5, 1, 1023})
        for (std::int64_t seq = 1; seq <= lane % 7 + 3; ++seq)
            entries.push_back({lane, seq, 1, monday, make.bytes(), make.digest(), make.digest()});
    CHECK(reading(*store, [](Reading& rows) { return rows.ledger_heads(); }).empty());
    writing(*store, [&](Writing& rows) { return rows.insert(std::span<const LedgerRow>{entries}); });
    const auto heads = reading(*store, [](Reading& rows) { return rows.ledger_heads(); });
    REQUIRE(heads.size() == 3);
    for (const auto& head : heads) {
        CHECK(head.seq == head.lane % 7 + 3);
        const auto last = std::find_if(entries.begin(), entries.end(),
                                       [&](const auto& e) { return e.lane == head.lane && e.seq == head.seq; });
        CHECK(head.hash == last->hash);
    }
    const auto page = reading(*store, [](Reading& rows) { return rows.ledger(5, 2, 3); });
    REQUIRE(page.size() == 3);
    CHECK(page[0].seq == 3);
    CHECK(page[2].seq == 5);
}

}  // namespace

void add_rows(std::vector<Clause>& all) {
    all.push_back({"an evaluation comes back with everything that belongs to it", everything_comes_back});
    all.push_back({"visits, withdrawals, openings, entries, items and references come back", the_other_rows_come_back});
    all.push_back({"what is empty comes back empty", empty_comes_back_empty});
    all.push_back({"64-bit extremes and the longest texts come back", extremes_come_back});
    all.push_back({"a key that is taken is a conflict", keys_are_unique});
    all.push_back({"answers line up with the questions", answers_are_in_order});
    all.push_back({"batches of thousands go in and come back", large_batches_go_in});
    all.push_back({"what is too long, out of its range or without a parent is refused", too_much_is_refused});
    all.push_back({"each lane of the ledger has its own head", ledger_goes_on_by_lane});
}

}  // namespace hcp::contract
