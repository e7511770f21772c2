#include "adapters/store/evaluations.hpp"

#include "adapters/store/statement_list.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace hcp::store {

using ports::EvaluationRow;
using ports::EvaluationView;

namespace {

// How many instances that settle at once find work.
constexpr std::size_t most_settlers = 8;

constexpr std::string_view view = R"(
    select {evaluations e}, {cases c}, {subjects s}, {ratings r}, {drafts f},
        (select max(m.id) from deliveries m where m.evaluation_id = e.id and m.kind = #kind.service
            and m.state <> #delivery.delivered) as undelivered_service,
        (select count(*) from deliveries k where k.evaluation_id = e.id and k.kind = #kind.service
            and k.held_reason = #held.withdrawn) as kept_back
    from evaluations e join cases c on c.id = e.case_id join subjects s on s.id = e.subject_id
    left join ratings r on r.id = e.rating_id left join drafts f on f.evaluation_id = e.id)";

constexpr struct {
    Statement insert{"evaluations.insert", "{insert evaluations}"};
    Statement by_token{"evaluations.by_token", {view, "where e.token_digest in (@tokens)"}};
    Statement of_case{"evaluations.of_case", {view, "where e.case_id = :case_id order by e.id"}};
    Statement of_subject{"evaluations.of_subject",
                         {view, "where s.lookup = :lookup and e.id < :before order by e.id desc {limit :limit}"}};
    // What is past and not over, since nobody knows yet when it ends (E50).
    Statement unanswered_past{"evaluations.unanswered_past", {view, R"(
        where s.lookup = :lookup and e.state = #evaluation.open and e.provisional = 1
        and (e.deadline_us > :deadline or (e.deadline_us = :deadline and e.id > :id)) and e.deadline_us <= :now
        order by e.deadline_us, e.id {limit :limit})"}};
    // A page in two: an index serves each of these in its order, and would walk through all of one deadline for their
    // "or".
    Statement unanswered_at{"evaluations.unanswered_at", {view, R"(
        where s.lookup = :lookup and e.state in (#evaluation.open, #evaluation.defaulted) and e.deadline_us = :deadline and e.id > :id
        order by e.id {limit :limit})"}};
    Statement unanswered_beyond{"evaluations.unanswered_beyond", {view, R"(
        where s.lookup = :lookup and e.state in (#evaluation.open, #evaluation.defaulted) and e.deadline_us > :deadline
        order by e.deadline_us, e.id {limit :limit})"}};
    // Pages of all evaluations, without what is joined to them: MariaDB begins with all subjects otherwise, and sorts.
    Statement due{"evaluations.due", R"(
        select id from evaluations where state = #evaluation.open and provisional = 0 and deadline_us <= :at
        order by deadline_us, id {limit :limit})"};
    // Of these, what nobody else has taken; from here on ours.
    Statement take_due{"evaluations.take_due", R"(
        select id from evaluations where id in (@ids) and {apart state} = #evaluation.open and provisional = 0
        and deadline_us <= :at {take})"};
    // From the first open one on: before it lies all that was ever settled.
    Statement open_after{"evaluations.open_after", R"(
        select e.id from evaluations e
        where e.id > :after and e.id >= (select min(o.id) from evaluations o {hint evaluations_open}
            where o.state = #evaluation.open)
        and {apart e.state} = #evaluation.open order by e.id {limit :limit})",
                         true};
    Statement after{"evaluations.after", "select id from evaluations where id > :after order by id {limit :limit}"};
    Statement by_id{"evaluations.by_id", {view, "where e.id in (@ids)"}};
    // By the key alone: MariaDB spends as long on choosing between it and an index of states as on changing the row.
    Statement move{"evaluations.move", R"(
        update evaluations set state = :to, rating_id = coalesce(:rating_id, rating_id), withdrawn = :withdrawn
        where id = :id and {apart state} = :from and withdrawn = :was_withdrawn and {apart embargoed} = :secrecy)"};
    Statement extend{"evaluations.extend", R"(
        update evaluations set deadline_by_completion_us = :deadline_by_completion, deadline_us = :deadline,
            provisional = :provisional, calendar_version = :calendar_version
        where id = :id and {apart state} = #evaluation.open)"};
    // Kept off an index that holds far more than these few cases have.
    Statement secret_of_cases{"evaluations.secret_of_cases", R"(
        select id from evaluations where {apart embargoed} = #secrecy.holds and case_id in (@case_ids))"};
    Statement lift{"evaluations.lift", "update evaluations set embargoed = #secrecy.none where id in (@ids)"};
} evaluations_sql;

EvaluationView view_from(Decoder& from) {
    EvaluationView v;
    v.evaluation = from.row<EvaluationRow>();
    v.case_row = from.row<ports::CaseRow>();
    v.subject = from.row<ports::SubjectRow>();
    v.rating = from.row_if_any<ports::RatingRow>();
    v.draft = from.row_if_any<ports::DraftRow>();
    v.undelivered_service = from.take<DeliveryId>();
    v.service_kept_back = from.take<std::int64_t>() > 0;
    return v;
}

result<std::vector<EvaluationView>> views(Unit& unit, const Statement& statement, const Encoder& values) {
    return unit.guarded([&] {
        std::vector<EvaluationView> out;
        unit.query(statement, values, [&](Decoder from) { out.push_back(view_from(from)); });
        return out;
    });
}

std::vector<EvaluationId> ids_of(Unit& unit, const Statement& statement, const Encoder& values) {
    std::vector<EvaluationId> ids;
    unit.query(statement, values, [&](Decoder from) { ids.push_back(from.take<EvaluationId>()); });
    return ids;
}

// In the order of the ids.
std::vector<EvaluationView> views_of(Unit& unit, std::span<const EvaluationId> ids) {
    std::unordered_map<EvaluationId, std::size_t> places;
    for (const auto id : ids) places.emplace(id, places.size());
    std::vector<EvaluationView> out;
    unit.query_list(evaluations_sql.by_id, list(ids), [&](Decoder from) { out.push_back(view_from(from)); });
    std::ranges::sort(out, {}, [&](const EvaluationView& v) { return places.at(v.evaluation.id); });
    return out;
}

// At most `limit` of them, in their order, that nobody else has; no more are tried than that takes.
std::vector<EvaluationId> taken_of(Unit& unit, std::span<const EvaluationId> due, Instant at, std::size_t limit) {
    std::vector<EvaluationId> ours;
    while (!due.empty() && ours.size() < limit) {
        const auto some = due.first(std::min(due.size(), limit - ours.size()));
        due = due.subspan(some.size());
        std::unordered_set<EvaluationId> taken;
        unit.query(evaluations_sql.take_due, with("at", at), list(some),
                   [&](Decoder from) { taken.insert(from.take<EvaluationId>()); });
        std::ranges::copy_if(some, std::back_inserter(ours), [&](EvaluationId id) { return taken.contains(id); });
    }
    return ours;
}

// Those whose ids the statement finds, in its order; another may have changed them meanwhile.
result<std::vector<EvaluationView>> page(Unit& unit, const Statement& statement, const Encoder& values) {
    return unit.guarded([&] { return views_of(unit, ids_of(unit, statement, values)); });
}

}  // namespace

std::vector<const Statement*> SqlEvaluations::statements() {
    return list_of(evaluations_sql);
}

result<std::vector<std::optional<EvaluationView>>> SqlEvaluations::by_token(std::span<const Digest> tokens) {
    return unit_.guarded([&] {
        std::unordered_map<Digest, EvaluationView, DigestHash> found;
        unit_.query_list(evaluations_sql.by_token, list(tokens), [&](Decoder from) {
            auto v = view_from(from);
            const auto token = v.evaluation.token_digest;
            found.try_emplace(token, std::move(v));
        });
        std::vector<std::optional<EvaluationView>> out(tokens.size());
        for (std::size_t i = 0; i < tokens.size(); ++i)
            if (const auto at = found.find(tokens[i]); at != found.end()) out[i] = at->second;
        return out;
    });
}

result<std::optional<EvaluationView>> SqlEvaluations::find(EvaluationId id) {
    return unit_.guarded([&] {
        const auto found = views_of(unit_, std::span{&id, 1});
        return found.empty() ? std::nullopt : std::optional{found.front()};
    });
}

result<std::vector<EvaluationView>> SqlEvaluations::of_case(CaseId id) {
    return views(unit_, evaluations_sql.of_case, with("case_id", id));
}

result<std::vector<EvaluationView>> SqlEvaluations::of_subject(const Digest& lookup, EvaluationId before,
                                                               std::size_t limit) {
    const auto end = before.value() == 0 ? std::numeric_limits<std::int64_t>::max() : before.value();
    return views(unit_, evaluations_sql.of_subject, with("lookup", lookup, "before", end, "limit", limit));
}

result<std::vector<EvaluationView>> SqlEvaluations::unanswered_of_subject(const Digest& lookup,
                                                                          const ports::UnansweredPlace& after,
                                                                          Instant now, std::size_t limit) {
    const bool past = after.deadline <= now;
    HCP_TRY(auto page, past
                           ? views(unit_, evaluations_sql.unanswered_past,
                                   with("lookup", lookup, "deadline", after.deadline, "id", after.id.value(), "now",
                                        now, "limit", limit))
                           : views(unit_, evaluations_sql.unanswered_at,
                                   with("lookup", lookup, "deadline", after.deadline, "id", after.id, "limit", limit)));
    if (page.size() == limit) return page;
    HCP_TRY(auto beyond,
            views(unit_, evaluations_sql.unanswered_beyond,
                  with("lookup", lookup, "deadline", std::max(after.deadline, now), "limit", limit - page.size())));
    std::move(beyond.begin(), beyond.end(), std::back_inserter(page));
    return page;
}

// Who walks through all of them takes a page that is not full for the last one: none of it is left out.
result<std::vector<EvaluationView>> SqlEvaluations::open_after(EvaluationId id, std::size_t limit) {
    return page(unit_, evaluations_sql.open_after, with("after", id.value(), "limit", limit));
}

result<std::vector<EvaluationView>> SqlEvaluations::after(EvaluationId id, std::size_t limit) {
    return page(unit_, evaluations_sql.after, with("after", id.value(), "limit", limit));
}

result<void> SqlEvaluations::insert(std::span<const EvaluationRow> all) {
    return unit_.guarded([&] { unit_.insert(evaluations_sql.insert, all); });
}

result<std::vector<EvaluationView>> SqlEvaluations::take_due(Instant at, std::size_t limit) {
    return unit_.guarded([&] {
        std::vector<EvaluationId> ours;
        // Where others settle, the first of them may all be theirs: then more are looked at.
        for (const auto looked_at : {limit, limit * most_settlers}) {
            const auto due = ids_of(unit_, evaluations_sql.due, with("at", at, "limit", looked_at));
            ours = taken_of(unit_, due, at, limit);
            if (ours.size() == limit || due.size() < looked_at) break;
        }
        return views_of(unit_, ours);
    });
}

result<std::vector<bool>> SqlEvaluations::move(std::span<const ports::EvaluationStep> all) {
    return unit_.guarded([&] {
        Encoder runs;
        for (const auto& step : all) runs.row(step);
        std::vector<bool> moved;
        for (const auto n : unit_.each(evaluations_sql.move, runs)) moved.push_back(n == 1);
        return moved;
    });
}

result<void> SqlEvaluations::extend(std::span<const ports::NewDeadline> all) {
    return unit_.guarded([&] {
        Encoder runs;
        for (const auto& deadline : all) runs.row(deadline);
        unit_.each(evaluations_sql.extend, runs);
    });
}

result<std::vector<EvaluationView>> SqlEvaluations::lift(std::span<const CaseId> cases) {
    return unit_.guarded([&] {
        std::vector<EvaluationView> lifted;
        Encoder ids;
        unit_.query_list(evaluations_sql.secret_of_cases, list(cases),
                         [&](Decoder from) { ids.add(from.take<EvaluationId>()); });
        if (ids.empty()) return lifted;
        unit_.change(evaluations_sql.lift, {}, ids);
        unit_.query_list(evaluations_sql.by_id, ids, [&](Decoder from) { lifted.push_back(view_from(from)); });
        return lifted;
    });
}

}  // namespace hcp::store
