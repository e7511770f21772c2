#pragma once
#include "plugin/app/intake/batch.hpp"
#include "plugin/domain/event.hpp"

#include <cstdint>

namespace hcp::app {

// E14: an opening of bids makes its cases, their evaluations, and the messages that were held for nothing but secrecy
// open to all, and brings them to the figures; it stays in the store for what is completed later. A repeat changes
// nothing.
[[nodiscard]] ports::result<void> open_bids(Batch& batch, const domain::BidsOpened& opened);

// What that does to the cases that are in the store, and secret still; answers how many evaluations they have.
[[nodiscard]] ports::result<std::int64_t> lift_secrecy(Batch& batch, const ports::OpeningRow& opening);

}  // namespace hcp::app
