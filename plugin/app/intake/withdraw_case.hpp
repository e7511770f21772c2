#pragma once
#include "plugin/app/intake/batch.hpp"
#include "plugin/domain/event.hpp"

namespace hcp::app {

// E17: what is open of the case becomes void, what is rated keeps its state and is marked; one that comes before its
// completion waits for it in the store. A repeat changes nothing.
[[nodiscard]] ports::result<void> withdraw_case(Batch& batch, const domain::Withdrawal& withdrawal);

// What that does to a case that is in the store, and not withdrawn yet.
[[nodiscard]] ports::result<void> void_case(Batch& batch, const ports::CaseRow& case_row, domain::Instant withdrawn_at);

}  // namespace hcp::app
