#include "tests/contract/store/clauses.hpp"
#include "tests/contract/store/samples.hpp"

#include <algorithm>
#include <initializer_list>
#include <limits>

namespace hcp::contract {
namespace {

std::vector<EvaluationId> ids_of(const std::vector<EvaluationView>& views) {
    std::vector<EvaluationId> ids;
    for (const auto& v : views) ids.push_back(v.evaluation.id);
    return ids;
}

// One case with an evaluation for each deadline.
std::vector<EvaluationRow> with_deadlines(Store& store, Samples& make, const std::vector<Instant>& deadlines) {
    std::vector<EvaluationRow> all;
    for (const auto deadline : deadlines) {
        auto case_row = make.completion();
        auto subject = make.subject();
        auto dossier = make.dossier();
        auto e = make.evaluation(case_row, subject, dossier);
        e.deadline = deadline;
        must(put(store, subject, case_row, dossier, e));
        all.push_back(e);
    }
    return all;
}

void everything_comes_back(Database& database) {
    const auto store = database.open();
    Samples make;
    auto case_row = make.completion();
    case_row.reported_secrecy = Secrecy::until_opening();
    case_row.withdrawn = true;
    case_row.secrecy_lifted_at = monday + 5h;
    case_row.withdrawn_at = monday + 6h;
    const auto subject = make.subject();
    auto dossier = make.dossier();
    dossier.overflow = 2;
    auto evaluation = make.evaluation(case_row, subject, dossier);
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
    const auto draft = make.draft(evaluation);
    must(put(*store, subject, case_row, dossier, evaluation, rating, service, draft));

    const auto view = view_of(*store, evaluation);
    CHECK(same(view.evaluation, evaluation));
    CHECK(same(view.case_row, case_row));
    CHECK(same(view.subject, subject));
    REQUIRE(view.rating);
    CHECK(same(*view.rating, rating));
    REQUIRE(view.draft);
    CHECK(same(*view.draft, draft));
    CHECK(view.undelivered_service == service.id);
}

void empty_comes_back_empty(Database& database) {
    const auto store = database.open();
    Samples make;
    CaseRow case_row;
    case_row.id = make.id<CaseId>();
    case_row.key_digest = make.digest();
    SubjectRow subject;
    subject.id = make.id<SubjectId>();
    subject.lookup = make.digest();
    EvaluationRow evaluation;
    evaluation.id = make.id<EvaluationId>();
    evaluation.case_id = case_row.id;
    evaluation.subject_id = subject.id;
    evaluation.token_digest = make.digest();
    RatingRow rating;
    rating.id = make.id<RatingId>();
    rating.evaluation_id = evaluation.id;
    evaluation.rating_id = rating.id;
    must(put(*store, subject, case_row, evaluation, rating));

    const auto view = view_of(*store, evaluation);
    CHECK(same(view.evaluation, evaluation));
    CHECK(same(view.case_row, case_row));
    CHECK(same(view.subject, subject));
    REQUIRE(view.rating);
    CHECK(same(*view.rating, rating));
    CHECK_FALSE(view.draft);
    CHECK(view.undelivered_service == DeliveryId{});
}

void evaluations_are_unique(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto o = make.open(*store);
    check_taken(*store,
                with(o.evaluation, [&](auto& r) { r.id = make.id<EvaluationId>(), r.token_digest = make.digest(); }));
    auto other = make.open(*store).evaluation;
    other.id = make.id<EvaluationId>();
    other.subject_id = o.subject.id;
    other.token_digest = o.evaluation.token_digest;
    check_taken(*store, other);
}

void orphans_are_refused(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto orphan = make.evaluation(make.completion(), make.subject(), make.dossier());
    CHECK(put(*store, orphan).error() == store_errc::refused);
}

void due_by_deadline(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto e = with_deadlines(*store, make, {monday + 3h, monday + 1h, monday + 2h, monday + 2h + 1us});
    const EvaluationStep settled{e[1].id, EvaluationState::open, EvaluationState::defaulted, RatingId{}, false};
    const auto due = [&](Instant at, std::size_t limit) {
        return ids_of(writing(*store, [&](Transaction& rows) { return rows.evaluations().take_due(at, limit); }));
    };
    CHECK(due(monday + 2h, 10) == std::vector{e[1].id, e[2].id});
    CHECK(due(monday + 1h - 1us, 10).empty());
    CHECK(due(monday + 9h, 2) == std::vector{e[1].id, e[2].id});
    CHECK(writing(*store, [&](Transaction& rows) { return rows.evaluations().move(std::span{&settled, 1}); })[0]);
    CHECK(due(monday + 9h, 10) == std::vector{e[2].id, e[3].id, e[0].id});
    const NewDeadline provisional{e[2].id, monday + 2h, monday + 2h, true, "2026-1"};
    writing(*store, [&](Transaction& rows) { return rows.evaluations().extend(std::span{&provisional, 1}); });
    CHECK(due(monday + 9h, 10) == std::vector{e[3].id, e[0].id});
}

void open_by_id(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto e = with_deadlines(*store, make, {monday + 3h, monday + 1h, monday + 2h, monday + 4h});
    const EvaluationStep barred{e[1].id, EvaluationState::open, EvaluationState::barred, RatingId{}, false};
    CHECK(writing(*store, [&](Transaction& rows) { return rows.evaluations().move(std::span{&barred, 1}); })[0]);
    const auto after = [&](EvaluationId id, std::size_t limit) {
        return ids_of(reading(*store, [&](Snapshot& rows) { return rows.evaluations().open_after(id, limit); }));
    };
    CHECK(after(EvaluationId{}, 2) == std::vector{e[0].id, e[2].id});
    CHECK(after(e[2].id, 2) == std::vector{e[3].id});
}

void found_by_whoever_asks(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto subject = make.subject(), other = make.subject();
    must(put(*store, subject, other));
    std::vector<EvaluationRow> mine;
    CaseRow last;
    for (int i = 0; i < 5; ++i) {
        last = make.completion();
        const auto dossier = make.dossier();
        mine.push_back(make.evaluation(last, subject, dossier));
        must(put(*store, last, dossier, mine.back(), make.evaluation(last, other, dossier)));
    }
    const auto page = [&](EvaluationId before, std::size_t limit) {
        return ids_of(reading(
            *store, [&](Snapshot& rows) { return rows.evaluations().of_subject(subject.lookup, before, limit); }));
    };
    CHECK(page(EvaluationId{}, 3) == std::vector{mine[4].id, mine[3].id, mine[2].id});
    CHECK(page(mine[2].id, 3) == std::vector{mine[1].id, mine[0].id});
    CHECK(reading(*store, [&](Snapshot& rows) { return rows.evaluations().of_case(last.id); }).size() == 2);
    CHECK_FALSE(reading(*store, [&](Snapshot& rows) { return rows.evaluations().by_token(subject.lookup); }));
}

void unanswered_ones_come_by_deadline(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto subject = make.subject(), other = make.subject();
    must(put(*store, subject, other));
    std::vector<EvaluationRow> mine;
    for (const auto deadline : {monday + 3h, monday + 1h, monday + 2h, monday + 2h, monday + 2h, monday + 4h}) {
        const auto case_row = make.completion();
        const auto dossier = make.dossier();
        auto e = make.evaluation(case_row, subject, dossier), foreign = make.evaluation(case_row, other, dossier);
        e.deadline = foreign.deadline = deadline;
        must(put(*store, case_row, dossier, e, foreign));
        mine.push_back(e);
    }
    const auto page_at = [&](Instant now, const UnansweredPlace& after, std::size_t limit) {
        return ids_of(reading(*store, [&](Snapshot& rows) {
            return rows.evaluations().unanswered_of_subject(subject.lookup, after, now, limit);
        }));
    };
    const auto page = [&](const UnansweredPlace& after, std::size_t limit) { return page_at(monday, after, limit); };
    const auto ids = [&](std::initializer_list<std::size_t> places) {
        std::vector<EvaluationId> out;
        for (const auto place : places) out.push_back(mine[place].id);
        return out;
    };
    constexpr UnansweredPlace start{};
    const UnansweredPlace inside{monday + 2h, mine[3].id},
        behind{monday + 2h, EvaluationId{std::numeric_limits<std::int64_t>::max()}};
    CHECK(page(start, 3) == ids({1, 2, 3}));
    CHECK(page(inside, 1) == ids({4}));
    CHECK(page(inside, 2) == ids({4, 0}));
    CHECK(page(inside, 9) == ids({4, 0, 5}));
    CHECK(page(behind, 9) == ids({0, 5}));
    CHECK(page({monday + 4h, mine[5].id}, 9).empty());
    CHECK(page_at(monday + 2h, start, 9) == ids({0, 5}));
    CHECK(page_at(monday + 2h - 1us, start, 9) == ids({2, 3, 4, 0, 5}));

    const EvaluationStep rated{mine[2].id, EvaluationState::open, EvaluationState::rated, RatingId{}, false};
    CHECK(writing(*store, [&](Transaction& rows) { return rows.evaluations().move(std::span{&rated, 1}); })[0]);
    // A clock that stood ahead may have settled one before its time (E24): it is listed as long as nobody answered.
    const EvaluationStep settled{mine[3].id, EvaluationState::open, EvaluationState::defaulted, RatingId{}, false};
    CHECK(writing(*store, [&](Transaction& rows) { return rows.evaluations().move(std::span{&settled, 1}); })[0]);
    const NewDeadline later{mine[1].id, monday + 5h, monday + 5h, false, "2026-2"};
    writing(*store, [&](Transaction& rows) { return rows.evaluations().extend(std::span{&later, 1}); });
    CHECK(page(start, 9) == ids({3, 4, 0, 5, 1}));
    // Nobody knows yet when a provisional one ends (E50).
    const NewDeadline provisional{mine[4].id, monday + 2h, monday + 2h, true, "2026-2"};
    writing(*store, [&](Transaction& rows) { return rows.evaluations().extend(std::span{&provisional, 1}); });
    CHECK(page_at(monday + 9h, start, 9) == ids({4}));
    CHECK(page_at(monday + 9h, behind, 9).empty());
    CHECK(reading(*store, [&](Snapshot& rows) {
              return rows.evaluations().unanswered_of_subject(make.digest(), start, monday, 9);
          }).empty());
}

void moves_are_guarded(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto e = with_deadlines(*store, make, {monday, monday, monday});
    const auto rating = make.rating(e[0]);
    must(put(*store, rating));
    using S = EvaluationState;
    const std::vector<EvaluationStep> moves{{e[0].id, S::open, S::rated, rating.id, false},
                                            {e[1].id, S::rated, S::voided, RatingId{}, false},
                                            {e[0].id, S::rated, S::rated, RatingId{}, false, true},
                                            {e[0].id, S::rated, S::rated, RatingId{}, false, true},
                                            {EvaluationId{5}, S::open, S::rated, RatingId{}, false}};
    CHECK(writing(*store, [&](Transaction& rows) { return rows.evaluations().move(moves); }) ==
          std::vector{true, false, true, false, false});
    const auto moved = view_of(*store, e[0]);
    CHECK(moved.evaluation.state == S::rated);
    CHECK(moved.evaluation.withdrawn);
    REQUIRE(moved.rating);
    CHECK(moved.rating->id == rating.id);
    CHECK(view_of(*store, e[1]).evaluation.state == S::open);
}

void deadlines_extend_only_while_open(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto e = with_deadlines(*store, make, {monday, monday});
    const EvaluationStep settled{e[1].id, EvaluationState::open, EvaluationState::defaulted, RatingId{}, false};
    CHECK(writing(*store, [&](Transaction& rows) { return rows.evaluations().move(std::span{&settled, 1}); })[0]);
    const std::vector<NewDeadline> deadlines{{e[0].id, monday + 1h, monday + 2h, true, "2026-2"},
                                             {e[1].id, monday + 1h, monday + 2h, true, "2026-2"}};
    writing(*store, [&](Transaction& rows) { return rows.evaluations().extend(deadlines); });
    const auto extended = view_of(*store, e[0]), untouched = view_of(*store, e[1]);
    CHECK(extended.evaluation.deadline_by_completion == monday + 1h);
    CHECK(extended.evaluation.deadline == monday + 2h);
    CHECK(extended.evaluation.provisional);
    CHECK(extended.evaluation.calendar_version == "2026-2");
    CHECK(untouched.evaluation.deadline == monday);
    CHECK(untouched.evaluation.calendar_version == e[1].calendar_version);
}

void large_batches_go_in(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto case_row = make.completion();
    const auto dossier = make.dossier();
    std::vector<SubjectRow> subjects;
    std::vector<EvaluationRow> evaluations;
    std::vector<Digest> tokens;
    for (int i = 0; i < 5000; ++i) {
        subjects.push_back(make.subject());
        evaluations.push_back(make.evaluation(case_row, subjects.back(), dossier));
        tokens.push_back(evaluations.back().token_digest);
    }
    must(put(*store, case_row, dossier));
    must(store->write([&](Transaction& rows) -> result<void> {
        HCP_CHECK(rows.subjects().insert(subjects));
        return rows.evaluations().insert(evaluations);
    }));
    const auto views = reading(*store, [&](Snapshot& rows) { return rows.evaluations().by_token(tokens); });
    std::size_t equal = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i)
        if (views[i] && same(views[i]->evaluation, evaluations[i]) && same(views[i]->subject, subjects[i])) ++equal;
    CHECK(equal == tokens.size());
    CHECK(reading(*store, [&](Snapshot& rows) { return rows.evaluations().of_case(case_row.id); }).size() == 5000);
}

}  // namespace

void add_evaluations(std::vector<Clause>& all) {
    all.push_back({"an evaluation comes back with everything that belongs to it", everything_comes_back});
    all.push_back({"what is empty comes back empty", empty_comes_back_empty});
    all.push_back({"a subject is asked once about a case, by a link of its own", evaluations_are_unique});
    all.push_back({"an evaluation without its case is refused", orphans_are_refused});
    all.push_back({"batches of thousands go in and come back", large_batches_go_in});
    all.push_back({"what is due comes by deadline, the deadline included", due_by_deadline});
    all.push_back({"open evaluations are paged by id", open_by_id});
    all.push_back({"evaluations are found by case, subject and token", found_by_whoever_asks});
    all.push_back({"what a subject has not answered comes by deadline, and goes on behind a place",
                   unanswered_ones_come_by_deadline});
    all.push_back({"an evaluation moves only from the state that was read", moves_are_guarded});
    all.push_back(
        {"deadlines are extended while the evaluation is open, never after", deadlines_extend_only_while_open});
}

}  // namespace hcp::contract
