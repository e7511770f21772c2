#pragma once
#include "plugin/domain/time.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/run/alarms.hpp"

#include <string>
#include <vector>

namespace hcp::app {

// Counters kept in the transactions against the same figures from the rows, for completions of [from, to). Answers with
// what differs, one line each; empty = equal. Database threads.
[[nodiscard]] ports::result<std::vector<std::string>> compare_figures(ports::Store& store, domain::Day from,
                                                                      domain::Day to);

// Compares those of the last 400 days, and tells of what differs. Database threads.
void check_figures(ports::Store& store, domain::Instant now, ports::Log& log, run::Alarms& alarms);

}  // namespace hcp::app
