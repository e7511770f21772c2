#pragma once
#include "plugin/app/ledger/ledger_findings.hpp"
#include "plugin/ports/anchors.hpp"
#include "plugin/ports/signs.hpp"
#include "plugin/ports/store/store.hpp"

#include <boost/json/object.hpp>

#include <cstdint>

namespace hcp::app {

struct LedgerReport {
    LedgerFindings findings;
    // What is under bid secrecy is verified like all else, but not counted here (E14).
    std::int64_t entries = 0;       // of the open lanes
    std::int64_t ratings = 0;       // in force
    std::int64_t anchors = 0;       // of all lanes
    std::int64_t not_anchored = 0;  // entries after the last anchor of their lane: a cut there would not show yet
};

// Reads the whole ledger in one snapshot, every row that it tells of, and every anchor, and names each contradiction:
// first within the chains (LedgerChain), then between them and the rows (LedgerAccount). Entries are
// told of.
[[nodiscard]] ports::result<LedgerReport> verify_ledger(ports::Store& store, ports::Anchors& anchors,
                                                        const LedgerKeys& keys, const ports::Signs& signs);

// As scripts and the desk read it.
[[nodiscard]] boost::json::object json_of(const LedgerReport&);

}  // namespace hcp::app
