#include "plugin/app/rating/extend_deadlines.hpp"

#include <algorithm>

namespace hcp::app {

using namespace record;

using namespace domain;

ports::result<Extended> extend_deadlines(Books& books, const Rules& rules, std::size_t batch) {
    Extended total;
    EvaluationId after{};
    for (bool more = true; more;) {
        Extended here;
        EvaluationId last = after;
        HCP_CHECK(books.write([&](ports::Transaction& tx, Pen& pen) -> ports::result<void> {
            here = {};
            HCP_TRY(const auto page, tx.evaluations().open_after(after, batch));
            std::vector<ports::NewDeadline> moved;
            for (const auto& view : page) {
                last = view.evaluation.id;
                ++here.looked_at;
                const auto recounted = window(rules.calendar, view.case_row.completed_at, view.evaluation.opened_at,
                                              rules.policy_of(view.case_row).window(view.case_row.mode));
                const auto by_completion = std::max(view.evaluation.deadline_by_completion, recounted.by_completion.at);
                const auto effective = std::max(view.evaluation.deadline, recounted.effective.at);
                const bool provisional = view.evaluation.provisional && recounted.effective.provisional;
                if (by_completion == view.evaluation.deadline_by_completion && effective == view.evaluation.deadline &&
                    provisional == view.evaluation.provisional)
                    continue;
                moved.push_back({view.evaluation.id, by_completion, effective, provisional});
                here.extended += view.evaluation.secrecy.counts();
                pen.enter(view.evaluation.secrecy,
                          entries::DeadlineExtended{view.evaluation.id, view.evaluation.deadline, effective,
                                                    rules.calendar.version()});
            }
            return tx.evaluations().extend(moved, rules.calendar.version());
        }));
        total.looked_at += here.looked_at;
        total.extended += here.extended;
        more = here.looked_at == batch;
        after = last;
    }
    return total;
}

}  // namespace hcp::app
