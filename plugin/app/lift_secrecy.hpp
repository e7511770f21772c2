#pragma once
#include "plugin/ports/store/transaction.hpp"

#include <vector>

namespace hcp::app {

struct Lifted {
    std::vector<domain::CaseId> cases;
    std::vector<ports::EvaluationView> evaluations;  // as they stand now
};

// E14: what an opening of bids makes open to all: its cases, their evaluations, and the messages that were held for
// nothing but secrecy. All of them or none, in the caller's transaction.
[[nodiscard]] inline ports::result<Lifted> lift_secrecy(ports::Transaction& tx, const ports::OpeningRow& opening,
                                                        domain::Instant now) {
    Lifted lifted;
    HCP_TRY(lifted.cases, tx.cases().lift(opening, now));
    HCP_TRY(lifted.evaluations, tx.evaluations().lift(lifted.cases));
    std::vector<domain::EvaluationId> ids;
    for (const auto& view : lifted.evaluations) ids.push_back(view.evaluation.id);
    HCP_CHECK(tx.deliveries().lift(ids, now));
    return lifted;
}

}  // namespace hcp::app
