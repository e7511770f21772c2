#pragma once
#include "plugin/ports/store/store.hpp"

#include <string>
#include <vector>

namespace hcp::app {

// Counters kept in the transactions against the same figures from the rows, for completions of [from, to). Answers with
// what differs, one line each; empty = equal. Database threads.
[[nodiscard]] ports::result<std::vector<std::string>> compare_figures(ports::Store& store, domain::Day from,
                                                                      domain::Day to);

}  // namespace hcp::app
