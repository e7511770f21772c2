#pragma once
#include "plugin/domain/ledger_entries.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/store/editions.hpp"

namespace hcp::record {

// What the ledger says of an edition that was released. Its content enters as a digest of its cells.
[[nodiscard]] domain::LedgerFact release_fact(const ports::Digests&, const ports::DepartmentRow&);
[[nodiscard]] domain::LedgerFact release_fact(const ports::Digests&, const ports::ItemEditionRow&);
[[nodiscard]] domain::LedgerFact release_fact(const ports::Digests&, const ports::GuideRow&);

}  // namespace hcp::record
