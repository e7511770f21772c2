#pragma once
#include "adapters/journal/tables.hpp"

#include <functional>

namespace hcp::journal {

// One change of the file. `apply` runs inside the transaction and may throw; `committed` after it, on the totals;
// `afterwards`, where there is one, behind all of that, still alone with the file, and does not throw.
struct Change {
    std::function<void(Writer&)> apply;
    std::function<void(Totals&)> committed;
    ports::error_code error;
    std::function<void(Writer&)> afterwards = nullptr;
};

}  // namespace hcp::journal
