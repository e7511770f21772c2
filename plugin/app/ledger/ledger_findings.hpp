#pragma once
#include "plugin/ports/crypto.hpp"

#include <cstdint>
#include <string>
#include <string_view>
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
    row_changed,      // a row differs from what the ledger says of it
    row_removed,      // the ledger knows a row that is not there
    row_inserted,     // a row that the ledger does not know
};

// What a row is of.
enum class LedgerSubject {
    ledger,
    case_,
    evaluation,
    rating,
    ticket,
    comment,
    consent,
    visit,
    opening,
    reference,
    subject,
    role_proposed,
    role_confirmed,
    role_ended,
    staff_invite,
    staff_session,
    edition,
    attribution,
    list_export,
    unmasking,
    leak_reported,
    leak_decided,
    interpretation
};

[[nodiscard]] std::string_view name_of(LedgerSubject) noexcept;  // Chinese

struct LedgerFinding {
    LedgerFault fault = LedgerFault::changed;
    LedgerSubject subject = LedgerSubject::ledger;
    std::int32_t lane = 0;
    // The entry's place in its lane; of a row its id, of a consent its rating's, of an opening its time in µs, of a
    // reference its kind, of an edition its revision; of an anchor that cannot be read its line in the file.
    std::int64_t seq = 0;
    std::string text;  // Chinese
};
using LedgerFindings = std::vector<LedgerFinding>;
[[nodiscard]] std::string code_of(const LedgerFinding&);
[[nodiscard]] std::string name_of(const LedgerFinding&);  // Chinese

// What the ledger is held against. `ledger_seal` is a secret of the instance's; without it (nullptr), as for somebody
// outside who has only the anchor key's public half, an entry appended after the last anchor is not told from ours.
struct LedgerKeys {
    const ports::Digests& digests;
    const ports::Signer& anchors;
    const ports::KeyedDigest* ledger_seal;
};

}  // namespace hcp::app
