#include "tests/support/memory/evaluations.hpp"

#include "tests/support/memory/ratings.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace hcp::test::memory {
namespace {

std::tuple<SubjectId, Instant, EvaluationId> unanswered_key(const EvaluationRow& row) {
    return {row.subject_id, row.deadline, row.id};
}

}  // namespace

result<std::vector<std::optional<EvaluationView>>> MemoryEvaluations::by_token(std::span<const Digest> tokens) {
    std::vector<std::optional<EvaluationView>> out;
    for (const auto& token : tokens) {
        const auto* id = unit_.tables.evaluations_by_token.find(token);
        out.push_back(id == nullptr ? std::nullopt : std::optional{view(*id)});
    }
    return out;
}

result<std::optional<EvaluationView>> MemoryEvaluations::find(EvaluationId id) {
    return unit_.tables.evaluations.contains(id) ? std::optional{view(id)} : std::nullopt;
}

result<std::vector<EvaluationView>> MemoryEvaluations::of_case(CaseId id) {
    std::vector<EvaluationView> out;
    for (const auto evaluation : ids_of(id)) out.push_back(view(evaluation));
    return out;
}

result<std::vector<EvaluationView>> MemoryEvaluations::of_subject(const Digest& lookup, EvaluationId before,
                                                                  std::size_t limit) {
    const auto& t = unit_.tables;
    std::vector<EvaluationView> out;
    const auto* subject = t.subjects_by_lookup.find(lookup);
    if (subject == nullptr) return out;
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    const EvaluationId end = before == EvaluationId{} ? EvaluationId{most} : before;
    auto at = t.evaluations_of_subject.from({*subject, end});
    while (out.size() < limit && at != t.evaluations_of_subject.begin()) {
        --at;
        if (at->first.first != *subject) break;
        out.push_back(view(at->first.second));
    }
    return out;
}

result<std::vector<EvaluationView>> MemoryEvaluations::unanswered_of_subject(const Digest& lookup,
                                                                             const UnansweredPlace& after, Instant now,
                                                                             std::size_t limit) {
    const auto& t = unit_.tables;
    std::vector<EvaluationView> out;
    const auto* subject = t.subjects_by_lookup.find(lookup);
    if (subject == nullptr) return out;
    for (auto at = t.unanswered_of_subject.after({*subject, after.deadline, after.id});
         at != t.unanswered_of_subject.end() && std::get<0>(at->first) == *subject && out.size() < limit; ++at) {
        const auto& row = *t.evaluations.find(std::get<2>(at->first));
        const bool end_unknown = row.provisional && row.state == EvaluationState::open;
        if (row.deadline > now || end_unknown) out.push_back(view(row.id));
    }
    return out;
}

result<std::vector<EvaluationView>> MemoryEvaluations::open_after(EvaluationId id, std::size_t limit) {
    return views_after(id, limit, [](const EvaluationRow& row) { return row.state == EvaluationState::open; });
}

result<std::vector<EvaluationView>> MemoryEvaluations::after(EvaluationId id, std::size_t limit) {
    return views_after(id, limit, [](const EvaluationRow&) { return true; });
}

result<void> MemoryEvaluations::insert(std::span<const EvaluationRow> all) {
    return unit_.guarded([&] {
        auto& t = unit_.tables;
        for (const auto& row : all) {
            refuse_unless(t.cases.contains(row.case_id) && t.subjects.contains(row.subject_id) &&
                          (row.dossier_id == DossierId{} || t.dossiers.contains(row.dossier_id)));
            const std::pair once{row.case_id, row.subject_id};
            conflict_if(t.evaluations.contains(row.id) || t.evaluations_by_token.contains(row.token_digest) ||
                        t.evaluations_of_case.contains(once));
            t.evaluations.put(unit_.undo, row.id, row);
            t.evaluations_by_token.put(unit_.undo, row.token_digest, row.id);
            t.evaluations_of_case.put(unit_.undo, once, row.id);
            t.evaluations_of_subject.put(unit_.undo, {row.subject_id, row.id}, 0);
            if (is_unanswered(row.state)) t.unanswered_of_subject.put(unit_.undo, unanswered_key(row), 0);
        }
    });
}

result<std::vector<EvaluationView>> MemoryEvaluations::take_due(Instant at, std::size_t limit) {
    std::set<std::pair<Instant, EvaluationId>> found;
    for (const auto& [id, row] : unit_.tables.evaluations)
        if (row.state == EvaluationState::open && !row.provisional && row.deadline <= at)
            found.emplace(row.deadline, id);
    std::vector<EvaluationView> out;
    for (const auto& [deadline, id] : found)
        if (out.size() < limit) out.push_back(view(id));
    return out;
}

result<std::vector<bool>> MemoryEvaluations::move(std::span<const EvaluationStep> all) {
    std::vector<bool> moved;
    for (const auto& step : all) {
        const auto* found = unit_.tables.evaluations.find(step.id);
        const bool moves = found != nullptr && found->state == step.from && found->withdrawn == step.was_withdrawn &&
                           found->secrecy == step.secrecy;
        moved.push_back(moves);
        if (!moves) continue;
        auto row = *found;
        if (!is_unanswered(step.to)) unit_.tables.unanswered_of_subject.erase(unit_.undo, unanswered_key(row));
        row.state = step.to;
        row.withdrawn = step.withdrawn;
        if (step.rating_id != RatingId{}) row.rating_id = step.rating_id;
        unit_.tables.evaluations.put(unit_.undo, step.id, std::move(row));
    }
    return moved;
}

result<void> MemoryEvaluations::extend(std::span<const NewDeadline> all) {
    auto& t = unit_.tables;
    for (const auto& deadline : all) {
        const auto* found = t.evaluations.find(deadline.id);
        if (found == nullptr || found->state != EvaluationState::open) continue;
        auto row = *found;
        t.unanswered_of_subject.erase(unit_.undo, unanswered_key(row));
        row.deadline_by_completion = deadline.deadline_by_completion;
        row.deadline = deadline.deadline;
        row.provisional = deadline.provisional;
        row.calendar_version = deadline.calendar_version;
        t.unanswered_of_subject.put(unit_.undo, unanswered_key(row), 0);
        t.evaluations.put(unit_.undo, deadline.id, std::move(row));
    }
    return {};
}

result<std::vector<EvaluationView>> MemoryEvaluations::lift(std::span<const CaseId> cases) {
    std::vector<EvaluationView> lifted;
    for (const auto case_row : cases)
        for (const auto id : ids_of(case_row)) {
            auto row = *unit_.tables.evaluations.find(id);
            if (row.secrecy == open_to_all) continue;
            row.secrecy = open_to_all;
            unit_.tables.evaluations.put(unit_.undo, id, std::move(row));
            lifted.push_back(view(id));
        }
    return lifted;
}

EvaluationView MemoryEvaluations::view(EvaluationId id) const {
    const auto& t = unit_.tables;
    EvaluationView v;
    v.evaluation = *t.evaluations.find(id);
    v.case_row = *t.cases.find(v.evaluation.case_id);
    v.subject = *t.subjects.find(v.evaluation.subject_id);
    v.rating = rating_of(t, v.evaluation.rating_id);
    if (const auto* draft = t.drafts.find(id)) v.draft = *draft;
    for (auto at = t.deliveries_by_revision.from({id, DeliveryKind::service, 0});
         at != t.deliveries_by_revision.end() && std::get<0>(at->first) == id &&
         std::get<1>(at->first) == DeliveryKind::service;
         ++at)
        if (const auto& service = t.deliveries.find(at->second)->row; service.state != DeliveryState::delivered) {
            v.undelivered_service = std::max(v.undelivered_service, at->second);
            v.service_kept_back |= service.held_reason == HeldReason::withdrawn;
        }
    return v;
}

std::set<EvaluationId> MemoryEvaluations::ids_of(CaseId id) const {
    std::set<EvaluationId> ids;
    constexpr SubjectId first{std::numeric_limits<std::int64_t>::min()};
    const auto& t = unit_.tables;
    for (auto at = t.evaluations_of_case.from({id, first}); at != t.evaluations_of_case.end() && at->first.first == id;
         ++at)
        ids.insert(at->second);
    return ids;
}

template <class Wanted>
std::vector<EvaluationView> MemoryEvaluations::views_after(EvaluationId id, std::size_t limit,
                                                           const Wanted& wanted) const {
    std::vector<EvaluationView> out;
    const auto& t = unit_.tables.evaluations;
    for (auto at = t.after(id); at != t.end() && out.size() < limit; ++at)
        if (wanted(at->second)) out.push_back(view(at->first));
    return out;
}

}  // namespace hcp::test::memory
