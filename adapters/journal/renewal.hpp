#pragma once
#include "adapters/journal/seals.hpp"
#include "adapters/journal/tables.hpp"
#include "plugin/ports/crypto.hpp"

namespace hcp::journal {

// Seals anew, in one transaction, what was set aside under another master key than the current one and opens; then the
// totals of the file. Throws what SOCI throws; before anybody else has the file.
[[nodiscard]] Totals totals_of_renewed(Writer& writer, Reader& reader, const Seals& seals,
                                       const ports::MasterKeys* masters);

}  // namespace hcp::journal
