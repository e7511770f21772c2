#pragma once
#include "plugin/app/books.hpp"
#include "plugin/app/held_because.hpp"
#include "plugin/app/identity.hpp"
#include "plugin/app/pulse.hpp"
#include "plugin/app/rules.hpp"
#include "plugin/ports/journal.hpp"
#include "plugin/ports/log.hpp"

#include <functional>
#include <span>

namespace hcp::app {

// What one application of events did, for metrics and the log. A case under embargo, and its evaluations, are counted
// when the opening of bids lifts it: before that their number is nobody's (E14).
struct Applied {
    std::int64_t cases = 0, evaluations = 0, repeats = 0, conflicts = 0, visits = 0;
};

// Step 2 of the flow: events of the journal, in its order, become cases, evaluations, deliveries and ledger entries in
// one transaction. A repeat finds the existing row and changes nothing: the journal may be replayed from anywhere.
//   - a known key with other content: the first stays, the ledger says so
//   - a withdrawal (E17) or an opening of bids (E14) that comes first waits in the store for its completion
//   - the window is counted from the later of completion and opening (E33), by the policy in force at completion (E30)
//   - a secret completion is embargoed and its M1 held until its bids are open (E14)
class OpenEvaluations {
public:
    OpenEvaluations(Books& books, const Keys& keys, const RuleBook& rules, BridgeTerms terms, const Workers& writer,
                    ports::Log& log)
        : books_{books}, keys_{keys}, rules_{rules}, terms_{std::move(terms)}, writer_{writer}, log_{log} {}

    // More for the same transaction, behind what the events made of it; run again when that is.
    using Also = std::function<ports::result<void>(ports::Transaction&)>;
    // The writer's thread. `refused` concerns the batch as a whole: the caller narrows it down to the poison.
    ports::result<Applied> apply(std::span<const ports::Journaled> events, const Also& also = {});

private:
    Books& books_;
    const Keys& keys_;
    const RuleBook& rules_;
    BridgeTerms terms_;
    const Workers& writer_;
    ports::Log& log_;
};

}  // namespace hcp::app
