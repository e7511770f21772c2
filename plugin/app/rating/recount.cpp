#include "plugin/app/rating/recount.hpp"

#include <algorithm>

namespace hcp::app {

using namespace domain;
using record::Rules;

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

std::optional<ports::NewDeadline> recounted(const Rules& rules, const ports::EvaluationView& view) {
    const auto& row = view.evaluation;
    const auto running = running_of(row);
    const auto moved =
        extended(running, window(rules.calendar, view.case_row.completed_at, row.opened_at,
                                 rules.policy_of(view.case_row).window(view.case_row.mode), rules.lost_days));
    if (same(running, moved)) return std::nullopt;
    return ports::NewDeadline{row.id, moved.by_completion.at, moved.effective.at, moved.effective.provisional,
                              rules.calendar.version()};
}

std::optional<ports::TicketTerms> recounted(const Rules& rules, const Calendar& foretold,
                                            const ports::RunningTicket& running) {
    const auto& [ticket, evaluation, case_row] = running;
    if (!ticket.contact_deadline || !ticket.rectify_deadline) return std::nullopt;
    const auto& policy = rules.policy_of(case_row);
    const auto received = day_of(ticket.received_at);
    const ports::TicketTerms terms{
        ticket.id, std::max(*ticket.contact_deadline, deadline(foretold, received, policy.contact()).at),
        std::max(*ticket.rectify_deadline, deadline(foretold, received, policy.rectification()).at)};
    if (terms.contact_deadline == *ticket.contact_deadline && terms.rectify_deadline == *ticket.rectify_deadline)
        return std::nullopt;
    return terms;
}

}  // namespace hcp::app
