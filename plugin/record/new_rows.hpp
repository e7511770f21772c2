#pragma once
#include "plugin/domain/figures.hpp"
#include "plugin/ports/store/deliveries.hpp"
#include "plugin/record/held_because.hpp"
#include "plugin/record/pen.hpp"

#include <vector>

namespace hcp::record {

// A message owed to the province from now on: QUEUED, or HELD for the reason there is.
[[nodiscard]] inline ports::DeliveryRow new_delivery(Pen& pen, const Leaving& message, const Rules& rules,
                                                     const BridgeTerms& terms) {
    ports::DeliveryRow row;
    row.id = pen.id<domain::DeliveryId>();
    row.dossier_id = message.evaluation.dossier_id;
    row.evaluation_id = message.evaluation.id;
    row.kind = message.kind;
    row.created_at = row.next_at = pen.now();
    row.give_up_at = pen.now() + terms.give_up_after;
    row.held_reason = held_because(message, rules, terms);
    if (row.held_reason != domain::HeldReason::none) {
        row.state = domain::DeliveryState::held;
        row.held_since = pen.now();
    }
    if (message.rating != nullptr) {
        row.rating_id = message.rating->id;
        row.revision = message.rating->revision;
    }
    return row;
}

// The changes of the figures that one transaction brings. What is secret is in none of them until it is lifted.
class Counts {
public:
    void add(const ports::CaseRow& case_row, domain::Secrecy secrecy, domain::Metric metric, std::int64_t n = 1) {
        add({domain::day_of(case_row.completed_at), case_row.line, case_row.department_id, case_row.item_code, metric,
             secrecy.counts(n)});
    }
    void add(domain::Count count) {
        if (count.n != 0) counts_.push_back(std::move(count));
    }
    void add(const Counts& others) { counts_.insert(counts_.end(), others.counts_.begin(), others.counts_.end()); }
    [[nodiscard]] const std::vector<domain::Count>& all() const { return counts_; }

private:
    std::vector<domain::Count> counts_;
};

}  // namespace hcp::record
