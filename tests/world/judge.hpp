#pragma once
#include "tests/world/centre.hpp"

namespace hcp::world {

// Holds what is in the store, the ledger and the province against what was promised, once all has come to rest. What
// does not hold is noted in the trace.
void judge(Centre& centre);

}  // namespace hcp::world
