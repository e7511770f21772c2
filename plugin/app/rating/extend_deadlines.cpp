#include "plugin/app/rating/extend_deadlines.hpp"

namespace hcp::app {

using namespace record;

using namespace domain;

namespace {

// As it is stored: without the days that were counted.
Window running_of(const ports::EvaluationRow& row) {
    Window window;
    window.by_completion.at = row.deadline_by_completion;
    window.effective.at = row.deadline;
    window.by_completion.provisional = window.effective.provisional = row.provisional;
    return window;
}

bool same(const Window& a, const Window& b) {
    return a.by_completion.at == b.by_completion.at && a.effective.at == b.effective.at &&
           a.effective.provisional == b.effective.provisional;
}

}  // namespace

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
                const auto recounted =
                    window(rules.calendar, view.case_row.completed_at, view.evaluation.opened_at,
                           rules.policy_of(view.case_row).window(view.case_row.mode), rules.lost_days);
                const auto& row = view.evaluation;
                const Window running = running_of(row), moved_to = extended(running, recounted);
                if (same(running, moved_to)) continue;
                moved.push_back({row.id, moved_to.by_completion.at, moved_to.effective.at,
                                 moved_to.effective.provisional, rules.calendar.version()});
                here.extended += row.secrecy.counts();
                pen.enter(row.secrecy, entries::DeadlineExtended{row.id, row.deadline, moved_to.effective.at,
                                                                 row.calendar_version, rules.calendar.version()});
            }
            return tx.evaluations().extend(moved);
        }));
        total.looked_at += here.looked_at;
        total.extended += here.extended;
        more = here.looked_at == batch;
        after = last;
    }
    return total;
}

}  // namespace hcp::app
