#pragma once
#include "plugin/app/intake/apply_events.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/journal.hpp"
#include "plugin/run/alarms.hpp"
#include "plugin/run/workers.hpp"

#include <optional>
#include <set>
#include <span>

namespace hcp::app {

// Moves accepted events from the journal into the store, in their order; the journal forgets only after the store's
// commit, so a crash between the two is a harmless replay. An event that the store refuses for good even alone is
// poison: it is set aside, sealed, and only later events of that case follow it there.
class DrainJournal {
public:
    struct Means {
        ports::Journal& journal;
        ApplyEvents& events;
        const ports::Store& store;  // which `events` go into
        const ports::Clock& clock;
        const ports::SteadyClock& steady;
        ports::Log& log;
        run::Alarms& alarms;
        const run::Workers& writer;
    };
    DrainJournal(const Means& means, std::size_t batch) : means_{means}, batch_{batch} {}

    enum class Step {
        empty,  // everything accepted is in the store
        more,
        stuck,  // the journal or the store does not answer, or did not within the last half second: it is asked again
                // by a timer, not by every event that comes in meanwhile
    };
    struct Drained {
        Step step = Step::stuck;
        Applied applied;        // also of a step that got stuck
        bool did_more = false;  // `within` is committed
    };
    // One batch, `batch` events or fewer that open many evaluations, so that what shares the thread, ratings and
    // deliveries, gets its turn in between. `within` is done in the batch's transaction where that goes in as a whole;
    // it decides nothing about what was accepted. The journal forgets a batch at the beginning of the next step: what
    // the batch leads to need not wait for that. The writer's thread, as is the one below.
    [[nodiscard]] Drained step(const ApplyEvents::Within& within = {});
    // Makes the journal forget what the last step brought into the store; before the end, when no step follows.
    bool forget_stored();

private:
    [[nodiscard]] Drained drain(const ApplyEvents::Within& within) HCP_REQUIRES(means_.writer);
    bool take(std::span<const ports::Journaled> events, const ApplyEvents::Within& within, Drained& done)
        HCP_REQUIRES(means_.writer);
    [[nodiscard]] bool apply(std::span<const ports::Journaled> events, const ApplyEvents::Within& within, Drained& done)
        HCP_REQUIRES(means_.writer);
    void load_poisoned() HCP_REQUIRES(means_.writer);
    ports::result<void> set_aside(const ports::Journaled& event, std::string_view reason);

    const Means means_;
    const std::size_t batch_;
    ports::SteadyClock::Time again_at_ HCP_GUARDED_BY(means_.writer) = {};
    std::set<domain::CompletionKey> poisoned_ HCP_GUARDED_BY(means_.writer);
    std::int64_t set_aside_known_ HCP_GUARDED_BY(means_.writer) = -1;  // how many there were when poisoned_ was read
    // In the store, and not yet forgotten by the journal.
    std::optional<ports::Position> stored_through_ HCP_GUARDED_BY(means_.writer);
};

}  // namespace hcp::app
