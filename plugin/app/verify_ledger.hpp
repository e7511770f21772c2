#pragma once
#include "plugin/ports/anchors.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/store.hpp"

#include <functional>
#include <string>
#include <vector>

namespace hcp::app {

enum class LedgerFault {
    changed,          // an entry does not give its hash
    removed,          // a sequence number is missing
    inserted,         // an entry that the chain does not lead to
    reordered,        // an entry stands at another's place
    cut_or_restored,  // an anchor knows a later entry than the database: tail cut, or an old database restored
    rewritten,        // the chain is consistent in itself, but not what was signed
    forged,           // an entry that was not written under our ledger key
    bad_anchor,       // an anchor that our key did not sign, or that cannot be read
    rating_changed,   // a rating differs from what the ledger says of it
    rating_removed,   // the ledger knows a rating that is not there
    rating_inserted,  // a rating that the ledger does not know
    // The same of an evaluation: its case, deadline, state, and whether it was withdrawn.
    evaluation_changed,
    evaluation_removed,
    evaluation_inserted,
};

struct LedgerFinding {
    LedgerFault fault = LedgerFault::changed;
    std::int32_t lane = 0;
    std::int64_t seq = 0;  // or the rating's or evaluation's id, or the anchor file's line
    std::string text;      // Chinese
};

struct LedgerReport {
    std::vector<LedgerFinding> findings;
    // What is under bid secrecy is verified like all else, but not counted here (E14).
    std::int64_t entries = 0;       // of the open lanes
    std::int64_t ratings = 0;       // in force
    std::int64_t anchors = 0;       // of all lanes
    std::int64_t not_anchored = 0;  // entries after the last anchor of their lane: a cut there would not show yet
};

// What the ledger is held against. `ledger_seal` is a secret of the instance's; without it (nullptr), as for somebody
// outside who has only the anchor key's public half, an entry appended after the last anchor is not told from ours.
struct LedgerKeys {
    const ports::Digests& digests;
    const ports::Signer& anchors;
    const ports::KeyedDigest* ledger_seal;
};

// Reads the whole ledger in one snapshot, every evaluation, every rating and every anchor, and names each
// contradiction. `progress(entries read)` is called now and then.
[[nodiscard]] ports::result<LedgerReport> verify_ledger(ports::Store& store, ports::Anchors& anchors,
                                                        const LedgerKeys& keys,
                                                        const std::function<void(std::int64_t)>& progress);

}  // namespace hcp::app
