#pragma once
#include "plugin/domain/deadline.hpp"
#include "plugin/ports/store/evaluations.hpp"
#include "plugin/ports/store/tickets.hpp"
#include "plugin/record/rules.hpp"

#include <optional>

// What a calendar makes of deadlines that run (E20): they move away, never nearer. Pure.
namespace hcp::app {

// Of an open evaluation, counted again by these rules. Nothing: it stays as it is.
[[nodiscard]] std::optional<ports::NewDeadline> recounted(const record::Rules& rules, const ports::EvaluationView&);

// Of a ticket that runs, by `foretold`: a local closure moves the departments' clocks only if it was activated
// beforehand.
[[nodiscard]] std::optional<ports::TicketTerms> recounted(const record::Rules& rules, const domain::Calendar& foretold,
                                                          const ports::RunningTicket&);

}  // namespace hcp::app
