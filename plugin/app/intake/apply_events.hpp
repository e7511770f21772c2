#pragma once
#include "plugin/app/intake/batch.hpp"
#include "plugin/ports/journal.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/record/books.hpp"
#include "plugin/record/follow_rules.hpp"
#include "plugin/record/held_because.hpp"
#include "plugin/record/keys.hpp"
#include "plugin/run/workers.hpp"

#include <functional>
#include <span>

namespace hcp::app {

// Step 2 of the flow: events of the journal, in its order, become cases, evaluations, deliveries and ledger entries in
// one transaction; each kind of event has a use case of its own. A repeat finds what is stored and changes nothing: the
// journal may be replayed from anywhere, and what was cut short is so ended.
class ApplyEvents {
public:
    ApplyEvents(record::Books& books, const record::Keys& keys, record::FollowRules& rules, record::BridgeTerms terms,
                const run::Workers& writer, ports::Log& log)
        : books_{books}, keys_{keys}, rules_{rules}, terms_{std::move(terms)}, writer_{writer}, log_{log} {}

    // Done in the same transaction at its end; may be run again.
    using Within = std::function<ports::result<void>(ports::Transaction&, domain::Instant now)>;
    // The writer's thread. `refused` concerns the batch as a whole: the caller narrows it down to the poison.
    ports::result<Applied> apply(std::span<const ports::Journaled> events, const Within& within = {});

private:
    [[nodiscard]] ports::result<Applied> write(const std::function<ports::result<void>(Batch&)>& work,
                                               const Within& within);

    record::Books& books_;
    const record::Keys& keys_;
    record::FollowRules& rules_;
    record::BridgeTerms terms_;
    const run::Workers& writer_;
    ports::Log& log_;
};

}  // namespace hcp::app
