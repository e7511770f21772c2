#pragma once
#include "plugin/domain/event.hpp"
#include "plugin/ports/result.hpp"
#include "plugin/ports/store/transaction.hpp"
#include "plugin/record/held_because.hpp"
#include "plugin/record/keys.hpp"
#include "plugin/record/new_rows.hpp"
#include "plugin/record/pen.hpp"
#include "plugin/record/rules.hpp"

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace hcp::app {

// A completion that the store does not have, with what it is looked up by.
struct NewCompletion {
    const domain::Completion* completion = nullptr;
    domain::Instant accepted_at;  // by the journal: from then on its links exist (E52)
    record::Digest key{}, content{};
    std::vector<record::Digest> subjects, dossiers;  // in the order of completion->subjects
};

// What the store has of what new completions speak of, by what it was looked up by.
struct FactsFound {
    template <class Row>
    using ByDigest = std::unordered_map<record::Digest, Row, ports::DigestHash>;
    ByDigest<ports::SubjectRow> subjects;
    ByDigest<ports::DossierRow> dossiers;        // of several of one key the last, which may be full
    ByDigest<ports::WithdrawalRow> withdrawals;  // by the key of the case; they came first (E17)
    std::vector<ports::OpeningRow> openings;     // of bids, of the projects at least (E14)
};

// What becomes of them.
struct OpenedRows {
    std::vector<ports::SubjectRow> subjects;
    std::vector<ports::ItemRow> items;  // unknown until now, to be classified by a person (E18)
    std::vector<ports::CaseRow> cases;
    std::vector<ports::EvaluationRow> evaluations;
    std::vector<ports::DoubtRow> doubts;
    std::vector<ports::DeliveryRow> deliveries;
    std::vector<ports::DossierRow> new_dossiers;
    std::vector<ports::DossierRow> grown_dossiers;
    std::vector<std::int32_t> services_found;  // of each grown dossier, as it was found
    record::Counts counts;
    std::int64_t cases_told = 0, evaluations_told = 0;  // without those under embargo (E14)
};

// Completions as rows, decided from what was found and the rules alone; ids and ledger entries come from the pen. Fails
// where a subject's key does not open, or something cannot be sealed.
//   - the window is counted from the later of completion and acceptance (E33, E52), by the policy in force at the
//     completion (E30)
//   - a secret completion is embargoed, and its M1 held, until its bids are open (E14)
//   - one that was withdrawn before it came is void from the start (E17)
[[nodiscard]] ports::result<OpenedRows> opened_rows(std::span<const NewCompletion> completions, FactsFound found,
                                                    const record::Keys& keys, const record::Rules& rules,
                                                    const record::BridgeTerms& terms, record::Pen& pen);

}  // namespace hcp::app
