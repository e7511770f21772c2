#include "tests/support/memory/figures.hpp"

#include <algorithm>
#include <map>

namespace hcp::test::memory {

result<QueueFigures> MemoryFigures::queues() {
    const auto& t = unit_.tables;
    QueueFigures out;
    for (const auto& [id, row] : t.evaluations)
        if (row.state == EvaluationState::open) out.open_evaluations += row.secrecy.counts();
    for (const auto& [id, row] : t.ratings)
        if (is_bad(row.level) && !t.tickets_by_rating.contains(id))
            out.bad_ratings_without_ticket += t.evaluations.find(row.evaluation_id)->secrecy.counts();
    for (const auto& [id, row] : t.cases) count(row, out);
    for (const auto& [id, row] : t.doubts) {
        if (!t.evaluations.find(id)->secrecy.may_be_told()) continue;
        out.wrong_numbers += row.number_wrong;
        out.unknown_kinds += row.kind_unknown;
        out.unknown_lines += row.line_unknown;
    }
    for (const auto& [id, stored] : t.deliveries) count(stored.row, out);
    return out;
}

result<std::int64_t> MemoryFigures::highest_id() {
    std::int64_t highest = 0;
    const auto count = [&](const auto& table) {
        for (const auto& [id, row] : table) highest = std::max(highest, id.value());
    };
    const auto& t = unit_.tables;
    count(t.cases), count(t.subjects), count(t.dossiers), count(t.evaluations), count(t.ratings), count(t.comments);
    count(t.tickets), count(t.deliveries), count(t.visits), count(t.role_grants);
    count(t.attributions);
    count(t.staff_invites), count(t.staff_sessions), count(t.exports);
    count(t.notices), count(t.unmaskings), count(t.leak_cases), count(t.interpretations);
    return highest;
}

result<std::vector<Count>> MemoryFigures::counts(Day from, Day to) {
    std::vector<Count> out;
    for (const auto& [key, n] : unit_.tables.counters) {
        const auto& [day, line, department, item, metric] = key;
        if (day >= from && day < to && n != 0) out.push_back({day, line, department, item, metric, n});
    }
    return out;
}

result<std::vector<Count>> MemoryFigures::recounted(Day from, Day to) {
    const auto within = [&](Instant at) { return day_of(at) >= from && day_of(at) < to; };
    return recounted([&](const CaseRow& row) { return within(row.completed_at); },
                     [&](const VisitRow& row) { return within(row.visited_at); });
}

result<std::vector<Count>> MemoryFigures::recounted_of(CaseId id) {
    return recounted([&](const CaseRow& row) { return row.id == id; }, [](const VisitRow&) { return false; });
}

std::vector<Count> MemoryFigures::recounted(const std::function<bool(const CaseRow&)>& of,
                                            const std::function<bool(const VisitRow&)>& and_of) {
    const auto& t = unit_.tables;
    std::map<std::tuple<Day, Line, std::string, std::string, Metric>, std::int64_t> sums;
    const auto add = [&](Day day, Line line, const std::string& department, const std::string& item, Metric metric) {
        ++sums[{day, line, department, item, metric}];
    };
    const auto of_evaluation = [&](const EvaluationRow& row, Metric metric) {
        const auto& case_row = *t.cases.find(row.case_id);
        if (row.secrecy.may_be_told() && of(case_row))
            add(day_of(case_row.completed_at), case_row.line, case_row.department_id, case_row.item_code, metric);
    };
    for (const auto& [id, row] : t.evaluations) {
        const bool voided = row.state == EvaluationState::voided;
        if (!voided || row.service_ordinal != 0) of_evaluation(row, Metric::opened);
        if (voided) of_evaluation(row, Metric::voided);
        const auto* rating = t.ratings.find(row.rating_id);
        if (rating == nullptr) continue;
        if (!row.withdrawn)
            of_evaluation(row, rated_metric(rating->origin, rating->level, rating->unsubmitted));
        else if (rating->origin == Origin::authored)
            of_evaluation(row, Metric::withdrawn_after_rating);
    }
    for (const auto& [id, row] : t.comments)
        if (row.revision <= 1) of_evaluation(*t.evaluations.find(row.evaluation_id), Metric::comment_late);
    for (const auto& [id, row] : t.tickets)
        of_evaluation(*t.evaluations.find(row.evaluation_id),
                      row.rating_id == RatingId{} ? Metric::care_ticket_opened : Metric::ticket_opened);
    for (const auto& [id, row] : t.visits)
        if (and_of(row)) add(day_of(row.visited_at), row.line, row.department_id, row.item_code, Metric::visit);
    std::vector<Count> out;
    for (const auto& [key, n] : sums) {
        const auto& [day, line, department, item, metric] = key;
        out.push_back({day, line, department, item, metric, n});
    }
    return out;
}

result<void> MemoryFigures::add(std::span<const Count> all) {
    auto& t = unit_.tables.counters;
    for (const auto& count : all) {
        const std::tuple key{count.day, count.line, count.department_id, count.item_code, count.metric};
        const auto* sum = t.find(key);
        t.put(unit_.undo, key, (sum == nullptr ? 0 : *sum) + count.n);
    }
    return {};
}

void MemoryFigures::count(const CaseRow& row, QueueFigures& out) const {
    if (row.withdrawn) return;
    const auto secrecy = row.secrecy();
    if (row.unattributed) out.unattributed_cases += secrecy.counts();
    const auto* item = unit_.tables.items.find(row.item_code);
    if (row.unclassified && (item == nullptr || !item->classified)) out.unclassified_cases += secrecy.counts();
    if (!secrecy.may_be_told())
        out.oldest_secret_since = std::min(row.opened_at, out.oldest_secret_since.value_or(row.opened_at));
}

void MemoryFigures::count(const DeliveryRow& row, QueueFigures& out) const {
    const auto secrecy = unit_.tables.evaluations.find(row.evaluation_id)->secrecy;
    switch (row.state) {
        case DeliveryState::queued:
            if (secrecy.may_be_told() && !out.oldest_queued_at) out.oldest_queued_at = row.created_at;
            out.queued += secrecy.counts();
            break;
        case DeliveryState::claimed:
            out.claimed += secrecy.counts();
            break;
        case DeliveryState::delivered:
            out.delivered += secrecy.counts();
            break;
        case DeliveryState::held:
            out.held += secrecy.counts();
            break;
        case DeliveryState::parked:
            out.parked += secrecy.counts();
            if (row.held_reason == HeldReason::doubled) out.doubled += secrecy.counts();
            if (row.held_reason == HeldReason::difference) out.differences += secrecy.counts();
            break;
    }
}

}  // namespace hcp::test::memory
