#include "tests/contract/clauses.hpp"
#include "tests/contract/samples.hpp"

#include <algorithm>

namespace hcp::contract {
namespace {

std::vector<EvaluationId> ids_of(const std::vector<EvaluationView>& views) {
    std::vector<EvaluationId> ids;
    for (const auto& v : views) ids.push_back(v.evaluation.id);
    return ids;
}

EvaluationView view_of(Store& store, const EvaluationRow& e) {
    auto view = reading(store, [&](Reading& rows) { return rows.evaluation_by_token(e.token_digest); });
    REQUIRE(view);
    return std::move(*view);
}

// One case with an evaluation for each deadline.
std::vector<EvaluationRow> with_deadlines(Store& store, Samples& make, const std::vector<Instant>& deadlines) {
    std::vector<EvaluationRow> all;
    for (const auto deadline : deadlines) {
        auto of = make.completion();
        auto subject = make.subject();
        auto dossier = make.dossier();
        auto e = make.evaluation(of, subject, dossier);
        e.deadline = deadline;
        must(put(store, subject, of, dossier, e));
        all.push_back(e);
    }
    return all;
}

void due_by_deadline(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto e = with_deadlines(*store, make, {monday + 3h, monday + 1h, monday + 2h, monday + 2h + 1us});
    const Writing::Move settled{e[1].id, EvaluationState::open, EvaluationState::defaulted, RatingId{}, false};
    const auto due = [&](Instant at, std::size_t limit) {
        return ids_of(reading(*store, [&](Reading& rows) { return rows.due(at, limit); }));
    };
    CHECK(due(monday + 2h, 10) == std::vector{e[1].id, e[2].id});
    CHECK(due(monday + 1h - 1us, 10).empty());
    CHECK(due(monday + 9h, 2) == std::vector{e[1].id, e[2].id});
    CHECK(writing(*store, [&](Writing& rows) { return rows.move(std::span{&settled, 1}); })[0]);
    CHECK(due(monday + 9h, 10) == std::vector{e[2].id, e[3].id, e[0].id});
}

void open_by_id(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto e = with_deadlines(*store, make, {monday + 3h, monday + 1h, monday + 2h, monday + 4h});
    const Writing::Move barred{e[1].id, EvaluationState::open, EvaluationState::barred, RatingId{}, false};
    CHECK(writing(*store, [&](Writing& rows) { return rows.move(std::span{&barred, 1}); })[0]);
    const auto after = [&](EvaluationId id, std::size_t limit) {
        return ids_of(reading(*store, [&](Reading& rows) { return rows.open_after(id, limit); }));
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
        return ids_of(
            reading(*store, [&](Reading& rows) { return rows.evaluations_of_subject(subject.lookup, before, limit); }));
    };
    CHECK(page(EvaluationId{}, 3) == std::vector{mine[4].id, mine[3].id, mine[2].id});
    CHECK(page(mine[2].id, 3) == std::vector{mine[1].id, mine[0].id});
    const auto one =
        reading(*store, [&](Reading& rows) { return rows.evaluation_by_subject(last.key_digest, subject.lookup); });
    REQUIRE(one);
    CHECK(one->evaluation.id == mine[4].id);
    CHECK_FALSE(
        reading(*store, [&](Reading& rows) { return rows.evaluation_by_subject(subject.lookup, last.key_digest); }));
    CHECK(reading(*store, [&](Reading& rows) { return rows.evaluations_of_case(last.id); }).size() == 2);
    CHECK_FALSE(reading(*store, [&](Reading& rows) { return rows.evaluation_by_token(subject.lookup); }));
}

void moves_are_guarded(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto e = with_deadlines(*store, make, {monday, monday, monday});
    const auto rating = make.rating(e[0]);
    must(put(*store, rating));
    using S = EvaluationState;
    const std::vector<Writing::Move> moves{{e[0].id, S::open, S::rated, rating.id, false},
                                           {e[1].id, S::rated, S::voided, RatingId{}, false},
                                           {e[0].id, S::rated, S::rated, RatingId{}, true},
                                           {e[0].id, S::rated, S::rated, RatingId{}, true},
                                           {EvaluationId{5}, S::open, S::rated, RatingId{}, false}};
    CHECK(writing(*store, [&](Writing& rows) { return rows.move(moves); }) ==
          std::vector{true, false, true, false, false});
    const auto moved = view_of(*store, e[0]);
    CHECK(moved.evaluation.state == S::rated);
    CHECK(moved.evaluation.withdrawn);
    REQUIRE(moved.rating);
    CHECK(moved.rating->id == rating.id);
    CHECK(view_of(*store, e[1]).evaluation.state == S::open);
}

void drafts_keep_their_first_tap(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto o = make.open(*store);
    auto draft = make.draft(o.evaluation);
    writing(*store, [&](Writing& rows) { return rows.put_draft(draft); });
    auto later = draft;
    later.level = Level::very_satisfied;
    later.tags = {};
    later.sealed_text = {};
    later.channel = Channel::kiosk;
    later.first_tapped_at = later.changed_at = monday + 5h;
    writing(*store, [&](Writing& rows) { return rows.put_draft(later); });
    const auto stored = view_of(*store, o.evaluation).draft;
    REQUIRE(stored);
    later.first_tapped_at = draft.first_tapped_at;
    CHECK(same(*stored, later));
    writing(*store, [&](Writing& rows) { return rows.drop_drafts(std::span{&o.evaluation.id, 1}); });
    CHECK_FALSE(view_of(*store, o.evaluation).draft);
}

void deadlines_extend_only_while_open(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto e = with_deadlines(*store, make, {monday, monday});
    const Writing::Move settled{e[1].id, EvaluationState::open, EvaluationState::defaulted, RatingId{}, false};
    CHECK(writing(*store, [&](Writing& rows) { return rows.move(std::span{&settled, 1}); })[0]);
    const std::vector<Writing::NewDeadline> deadlines{{e[0].id, monday + 1h, monday + 2h, true},
                                                      {e[1].id, monday + 1h, monday + 2h, true}};
    writing(*store, [&](Writing& rows) { return rows.extend(deadlines, "2026-2"); });
    const auto extended = view_of(*store, e[0]), untouched = view_of(*store, e[1]);
    CHECK(extended.evaluation.deadline_by_completion == monday + 1h);
    CHECK(extended.evaluation.deadline == monday + 2h);
    CHECK(extended.evaluation.provisional);
    CHECK(extended.of.calendar_version == "2026-2");
    CHECK(untouched.evaluation.deadline == monday);
    CHECK(untouched.of.calendar_version == "2026-1");
}

void cases_are_withdrawn(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto o = make.open(*store);
    writing(*store, [&](Writing& rows) { return rows.withdraw_case(o.of.id, monday + 7h); });
    const auto of = view_of(*store, o.evaluation).of;
    CHECK(of.withdrawn);
    CHECK(of.withdrawn_at == monday + 7h);
}

void dossiers_are_guarded(Database& database) {
    const auto store = database.open();
    Samples make;
    const auto o = make.open(*store);
    const auto service = make.delivery(o.evaluation);
    must(put(*store, service));
    auto changed = o.dossier;
    changed.service_count = 2;
    changed.last_service_delivery = service.id;
    const auto update = [&](std::int32_t expected) {
        return store->write([&](Writing& rows) {
            return rows.update_dossiers(std::span{&changed, 1}, std::span<const std::int32_t>{&expected, 1});
        });
    };
    CHECK(update(5).error() == store_errc::conflict);
    must(update(1));
    CHECK(update(1).error() == store_errc::conflict);
    const auto stored = reading(*store, [&](Reading& rows) {
        return rows.dossiers_by_key(std::span{&changed.key_digest, 1});
    });
    REQUIRE(stored[0]);
    CHECK(same(*stored[0], changed));
}

}  // namespace

void add_evaluations(std::vector<Clause>& all) {
    all.push_back({"what is due comes by deadline, the deadline included", due_by_deadline});
    all.push_back({"open evaluations are paged by id", open_by_id});
    all.push_back({"evaluations are found by case, subject and token", found_by_whoever_asks});
    all.push_back({"an evaluation moves only from the state that was read", moves_are_guarded});
    all.push_back({"a changed draft keeps the time of its first tap", drafts_keep_their_first_tap});
    all.push_back(
        {"deadlines are extended while the evaluation is open, never after", deadlines_extend_only_while_open});
    all.push_back({"a case is withdrawn", cases_are_withdrawn});
    all.push_back({"a dossier changes only from the count that was read", dossiers_are_guarded});
}

}  // namespace hcp::contract
