#include "plugin/app/intake/withdraw_case.hpp"

#include <span>
#include <utility>
#include <vector>

namespace hcp::app {

using namespace domain;
using namespace record;

namespace {

ports::result<ports::WithdrawalRow> row_of(const Batch& batch, const Withdrawal& withdrawal, const Digest& key) {
    ports::WithdrawalRow row{key, withdrawal.key.host_id,  withdrawal.key.case_no, withdrawal.key.completion_no,
                             {},  withdrawal.withdrawn_at, batch.pen.now()};
    if (!withdrawal.reason.empty()) {
        HCP_TRY(row.sealed_reason, batch.keys.sealer.seal(ports::as_bytes(withdrawal.reason), View{key}));
    }
    return row;
}

// A withdrawn evaluation's ledger entry, figures and notice to the province.
ports::DeliveryRow note_withdrawn(Batch& batch, const ports::EvaluationView& view) {
    const bool was_open = view.evaluation.state == EvaluationState::open;
    const auto secrecy = view.evaluation.secrecy;
    auto notice =
        new_delivery(batch.pen, {DeliveryKind::withdrawal, view.evaluation, view.case_row}, batch.rules, batch.terms);
    if (was_open) batch.pen.enter(secrecy, entries::Voided{view.evaluation.id, view.case_row.id});
    batch.counts.add(view.case_row, secrecy, was_open ? Metric::voided : Metric::withdrawn_after_rating);
    if (!was_open && view.rating)
        batch.counts.add(view.case_row, secrecy, rated_metric(view.rating->origin, view.rating->level), -1);
    return notice;
}

}  // namespace

ports::result<void> withdraw_case(Batch& batch, const Withdrawal& withdrawal) {
    auto& tx = batch.tx;
    const auto key = case_key(batch.keys, withdrawal.key);
    HCP_TRY(const auto known, tx.cases().withdrawals(std::span{&key, 1}));
    if (known[0]) {
        ++batch.applied.repeats;
        return {};
    }
    HCP_TRY(const auto row, row_of(batch, withdrawal, key));
    HCP_CHECK(tx.cases().insert(std::span{&row, 1}));
    HCP_TRY(const auto cases, tx.cases().by_key(std::span{&key, 1}));
    if (!cases[0] || cases[0]->withdrawn) return {};  // waits for its completion

    const auto& case_row = *cases[0];
    HCP_TRY(const auto views, tx.evaluations().of_case(case_row.id));
    std::vector<ports::EvaluationStep> moves;
    std::vector<ports::DeliveryRow> notices;
    for (const auto& view : views) {
        const auto state = view.evaluation.state;
        const auto next = after(state, EvaluationMove::withdraw);
        if (!next) continue;
        moves.push_back({view.evaluation.id, state, *next, RatingId{}, state != EvaluationState::open});
        notices.push_back(note_withdrawn(batch, view));
    }
    HCP_TRY(const auto moved, tx.evaluations().move(moves));
    for (const bool ok : moved)
        if (!ok) return make_error_code(ports::store_errc::conflict);
    HCP_CHECK(tx.deliveries().insert(notices));
    HCP_CHECK(tx.cases().withdraw(case_row.id, withdrawal.withdrawn_at));
    batch.pen.enter(case_row.secrecy(), entries::Withdrawn{case_row.id, case_row.key_digest});
    return {};
}

}  // namespace hcp::app
