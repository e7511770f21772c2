#pragma once
#include "plugin/record/books.hpp"
#include "plugin/record/held_because.hpp"
#include "plugin/record/keys.hpp"
#include "plugin/record/rules.hpp"
#include "plugin/run/workers.hpp"

#include <cstddef>

namespace hcp::app {

struct Settled {  // without those under embargo, whose number is nobody's (E14)
    std::int64_t defaulted = 0;
    std::int64_t from_drafts = 0;  // E9: a draft becomes the answer, never a default
    std::size_t unreadable = 0;    // left as they are: what is sealed of them does not open under our keys
    bool any = false;              // those under embargo included
    bool more = false;             // the batch was full: call again
};

// Step 4 of the flow: what is OPEN past its deadline and the grace (E3) becomes a marked default at the level of the
// policy in force at completion (E30), or the answer that was begun (E9). A crash just after it is harmless: the next
// sweep finds them gone.
class SettleDefaults {
public:
    SettleDefaults(record::Books& books, const record::Keys& keys, const record::RuleBook& rules,
                   record::BridgeTerms terms, std::chrono::seconds grace, const run::Workers& writer)
        : books_{books}, keys_{keys}, rules_{rules}, terms_{std::move(terms)}, grace_{grace}, writer_{writer} {}

    // The writer's thread. About `batch` evaluations in one transaction.
    ports::result<Settled> sweep(domain::Instant now, std::size_t batch);

private:
    record::Books& books_;
    const record::Keys& keys_;
    const record::RuleBook& rules_;
    record::BridgeTerms terms_;
    std::chrono::seconds grace_;
    const run::Workers& writer_;
    // Met by the last sweep: they stand in front, and the next one reads past them.
    std::size_t unreadable_ HCP_GUARDED_BY(writer_) = 0;
};

}  // namespace hcp::app
