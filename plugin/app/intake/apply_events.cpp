#include "plugin/app/intake/apply_events.hpp"

#include "plugin/app/intake/look_again.hpp"
#include "plugin/app/intake/open_bids.hpp"
#include "plugin/app/intake/open_cases.hpp"
#include "plugin/app/intake/register_visit.hpp"
#include "plugin/app/intake/withdraw_case.hpp"
#include "plugin/domain/overloaded.hpp"

#include <utility>
#include <variant>

namespace hcp::app {

using namespace domain;
using namespace record;

namespace {

// Completions that follow one another go in together; another kind of event first sees them in the store.
ports::result<void> apply_all(Batch& batch, std::span<const ports::Journaled> events) {
    std::vector<const ports::Journaled*> completions;
    const auto flush = [&] { return open_cases(batch, std::exchange(completions, {})); };
    const Overloaded apply{
        [&](const Completion&) -> ports::result<void> { return {}; },
        [&](const Withdrawal& event) { return withdraw_case(batch, event); },
        [&](const BidsOpened& event) { return open_bids(batch, event); },
        [&](const Visit& event) { return register_visit(batch, event); },
    };
    for (const auto& journaled : events) {
        if (std::holds_alternative<Completion>(journaled.event)) {
            completions.push_back(&journaled);
            continue;
        }
        HCP_CHECK(flush());
        HCP_CHECK(std::visit(apply, journaled.event));
    }
    return flush();
}

}  // namespace

// The figures go in at the end, once for all.
ports::result<Applied> ApplyEvents::write(const std::function<ports::result<void>(Batch&)>& work,
                                          const Within& within) {
    Applied applied;
    HCP_CHECK(books_.write([&](ports::Transaction& tx, Pen& pen) -> ports::result<void> {
        HCP_TRY(const auto rules, rules_.rules_by(tx));
        Batch batch{tx, pen, keys_, *rules, terms_, log_};
        HCP_CHECK(work(batch));
        HCP_CHECK(tx.figures().add(batch.counts.all()));
        applied = batch.applied;
        // What has just been queued is due at this moment, and not at the one before.
        return within ? within(tx, pen.now()) : ports::result<void>{};
    }));
    return applied;
}

ports::result<Applied> ApplyEvents::apply(std::span<const ports::Journaled> events, const Within& within) {
    writer_.assert_here();
    HCP_TRY(auto applied, write([&](Batch& batch) { return apply_all(batch, events); }, within));
    HCP_TRY(const auto missed, write([&](Batch& batch) { return look_again(batch, events); }, {}));
    return applied += missed;
}

}  // namespace hcp::app
