#pragma once
#include "plugin/app/intake/batch.hpp"
#include "plugin/ports/journal.hpp"

#include <span>

namespace hcp::app {

// Completions become cases, evaluations and deliveries: one read of what the store has, one decision (opened_rows), one
// write. A completion that is there already changes nothing; with other content the first stays and the ledger says so.
[[nodiscard]] ports::result<void> open_cases(Batch& batch, std::span<const ports::Journaled* const> completions);

}  // namespace hcp::app
