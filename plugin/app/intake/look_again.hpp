#pragma once
#include "plugin/app/intake/batch.hpp"
#include "plugin/ports/journal.hpp"

#include <span>

namespace hcp::app {

// A completion and its withdrawal, or the opening of its bids, may be told to two instances at one moment: each finds
// nothing of the other in the store, and leaves it to the other. So whoever has stored one of them looks once more in a
// transaction of its own, and what stands beside each other undone is done then: the later one sees both.
[[nodiscard]] ports::result<void> look_again(Batch& batch, std::span<const ports::Journaled> stored);

}  // namespace hcp::app
