#pragma once
#include "plugin/domain/figures.hpp"
#include "plugin/ports/store/evaluations.hpp"
#include "plugin/record/new_rows.hpp"

#include <vector>

namespace hcp::record {

// What an evaluation, as it stands, brings to the figures; tickets and comments come beside it. The nightly recount
// (figures.recounted) says the same of its rows.
[[nodiscard]] inline std::vector<domain::Metric> metrics_of(const ports::EvaluationView& view) {
    const auto& row = view.evaluation;
    const bool voided = row.state == domain::EvaluationState::voided;
    const bool never_opened = voided && row.service_ordinal == 0;  // withdrawn before it came
    std::vector<domain::Metric> metrics;
    if (!never_opened) metrics.push_back(domain::Metric::opened);
    if (voided) metrics.push_back(domain::Metric::voided);
    if (!view.rating) return metrics;
    const auto& rating = *view.rating;
    if (!row.withdrawn)
        metrics.push_back(domain::rated_metric(rating.origin, rating.level, rating.unsubmitted));
    else if (rating.origin == domain::Origin::authored)
        metrics.push_back(domain::Metric::withdrawn_after_rating);
    return metrics;
}

// Takes it out of the figures, or puts it in, as it stands: before and after a change.
inline void count(Counts& counts, const ports::EvaluationView& view, std::int64_t n) {
    for (const auto metric : metrics_of(view)) counts.add(view.case_row, view.evaluation.secrecy, metric, n);
}

}  // namespace hcp::record
