#include "plugin/app/intake/withdraw_case.hpp"

#include "plugin/record/evaluation_figures.hpp"
#include "plugin/record/rating_rows.hpp"

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

// One evaluation's part of it. `view` stands as it was read.
class Withdrawing {
public:
    Withdrawing(Batch& batch, const ports::CaseRow& case_row)
        : batch_{batch}, case_row_{case_row}, comments_{batch.pen, batch.keys, batch.rules, batch.terms} {}

    ports::result<void> add(ports::EvaluationView view) {
        const auto state = view.evaluation.state;
        const auto next = after(state, EvaluationMove::withdraw);
        if (!next) return {};
        const bool was_open = state == EvaluationState::open;
        const bool is_marked = !was_open;
        moves_.push_back({view.evaluation.id, state, *next, RatingId{}, false, is_marked, view.evaluation.secrecy});
        if (was_open) batch_.pen.enter(view.evaluation.secrecy, entries::Voided{view.evaluation.id, case_row_.id});
        notices_.push_back(new_delivery(batch_.pen, {DeliveryKind::withdrawal, view.evaluation, view.case_row},
                                        batch_.rules, batch_.terms));
        ids_.push_back(view.evaluation.id);

        count(batch_.counts, view, -1);
        const auto draft = std::exchange(view.draft, std::nullopt);
        view.evaluation.state = *next;
        view.evaluation.withdrawn = is_marked;
        count(batch_.counts, view, 1);
        if (!draft) return {};
        begun_.push_back(view.evaluation.id);
        // Withdrawing is no way to lose a bad review (E40).
        return is_bad(draft->level) ? comment(view, *draft) : ports::result<void>{};
    }
    ports::result<void> put() {
        HCP_TRY(const auto moved, batch_.tx.evaluations().move(moves_));
        for (const bool ok : moved)
            if (!ok) return make_error_code(ports::store_errc::conflict);
        HCP_CHECK(batch_.tx.deliveries().holds().keep_back(ids_, batch_.pen.now()));
        HCP_CHECK(batch_.tx.deliveries().insert(notices_));
        HCP_CHECK(batch_.tx.drafts().drop(begun_));
        return comments_.put_into(batch_.tx);
    }

private:
    ports::result<void> comment(const ports::EvaluationView& view, const ports::DraftRow& draft) {
        auto content = content_of(batch_.keys, view, draft);
        // One whose key is lost must not hold the withdrawal up.
        if (!content)
            return content.error().category() == ports::crypto_category() ? ports::result<void>{} : content.error();
        const auto id = view.evaluation.id;
        HCP_TRY(const auto stored, batch_.tx.comments().of(std::span{&id, 1}));
        Said said{stored};
        return comments_.add_comment(view, said, draft.level, *std::move(content));
    }

    Batch& batch_;
    const ports::CaseRow& case_row_;
    RatingRows comments_;
    std::vector<ports::EvaluationStep> moves_;
    std::vector<ports::DeliveryRow> notices_;
    std::vector<EvaluationId> ids_, begun_;
};

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
    return void_case(batch, *cases[0], withdrawal.withdrawn_at);
}

ports::result<void> void_case(Batch& batch, const ports::CaseRow& case_row, Instant withdrawn_at) {
    auto& tx = batch.tx;
    HCP_TRY(auto views, tx.evaluations().of_case(case_row.id));
    Withdrawing withdrawing{batch, case_row};
    for (auto& view : views) HCP_CHECK(withdrawing.add(std::move(view)));
    HCP_CHECK(withdrawing.put());
    HCP_CHECK(tx.cases().withdraw(case_row.id, withdrawn_at));
    batch.pen.enter(case_row.secrecy(), entries::Withdrawn{case_row.id, case_row.key_digest});
    return {};
}

}  // namespace hcp::app
