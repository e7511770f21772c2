#include "plugin/app/rating/settle_defaults.hpp"

#include "plugin/record/rating_rows.hpp"

#include <algorithm>

namespace hcp::app {

using namespace record;

using namespace domain;

namespace {

ports::result<RatingRows::Content> answer_to(const Keys& keys, const ports::EvaluationView& view) {
    if (view.draft) return content_of(keys, view, *view.draft);
    RatingRows::Content content;
    content.origin = Origin::by_default;
    content.received_at = view.evaluation.deadline;
    return content;
}

}  // namespace

ports::result<Settled> SettleDefaults::sweep(Instant now, std::size_t batch) {
    writer_.assert_here();
    const auto rules = rules_.current();
    const auto passed_over = unreadable_;
    const auto asked = batch + std::min(passed_over, 4 * batch);  // a lost key must not make every sweep a long one
    Settled settled;
    const auto settle = [&](ports::Transaction& tx, Pen& pen) -> ports::result<void> {
        settled = {};
        HCP_TRY(auto due, tx.evaluations().take_due(now - grace_, asked));
        if (due.empty()) return {};

        RatingRows rows{pen, keys_, *rules, terms_};
        for (auto& view : due) {
            const auto level = view.draft ? view.draft->level : rules->policy_of(view.case_row).default_level;
            auto content = answer_to(keys_, view);
            const bool authored = content && content->origin == Origin::authored;
            const auto move = authored ? EvaluationMove::rate : EvaluationMove::settle;
            const auto added =
                content ? rows.add(view, move, level, *std::move(content)) : ports::result<void>{content.error()};
            if (!added && added.error().category() == ports::crypto_category()) {
                ++settled.unreadable;  // one subject's key must not hold all the others up
                continue;
            }
            HCP_CHECK(added);
            settled.any = true;
            (authored ? settled.from_drafts : settled.defaulted) += view.evaluation.secrecy.counts();
        }
        settled.more = due.size() == asked && (settled.any || settled.unreadable > passed_over);
        return rows.put_into(tx);
    };
    HCP_CHECK(books_.write(settle));
    unreadable_ = settled.unreadable;
    return settled;
}

}  // namespace hcp::app
