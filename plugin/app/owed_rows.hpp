#pragma once
#include "plugin/app/books.hpp"
#include "plugin/ports/store_rows.hpp"

namespace hcp::app {

// A message owed to the province from now on: QUEUED, or HELD for `held`.
[[nodiscard]] inline ports::DeliveryRow owed(Pen& pen, const ports::EvaluationRow& evaluation,
                                             domain::DeliveryKind kind, domain::HeldReason held,
                                             std::chrono::days give_up_after) {
    ports::DeliveryRow row;
    row.id = pen.id<domain::DeliveryId>();
    row.dossier_id = evaluation.dossier_id;
    row.evaluation_id = evaluation.id;
    row.kind = kind;
    row.held_reason = held;
    row.state = held == domain::HeldReason::none ? domain::DeliveryState::queued : domain::DeliveryState::held;
    row.created_at = row.next_at = pen.now();
    row.give_up_at = pen.now() + give_up_after;
    if (held != domain::HeldReason::none) row.held_since = pen.now();
    return row;
}

// A change of the figures of a case.
[[nodiscard]] inline domain::Count count_of(const ports::CaseRow& of, domain::Metric metric, std::int64_t n = 1) {
    return {domain::day_of(of.completed_at), of.line, of.department_id, of.item_code, metric, n};
}

}  // namespace hcp::app
