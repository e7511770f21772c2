#pragma once
#include "plugin/app/alarms.hpp"
#include "plugin/app/open_evaluations.hpp"
#include "plugin/app/pulse.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/journal.hpp"

#include <functional>
#include <optional>
#include <set>

namespace hcp::app {

// Moves accepted events from the journal into the store, in their order; the journal forgets only after the store's
// commit, so a crash between the two is a harmless replay. An event that the store refuses for good even alone is
// poison: it is set aside, sealed, and only later events of that case follow it there.
class DrainJournal {
public:
    // What follows a batch, on the same thread.
    struct Onward {
        OpenEvaluations::Also within;                                       // in its transaction
        std::function<void(const Applied*)> ended = [](const Applied*) {};  // after it; nullptr when it failed
    };
    DrainJournal(ports::Journal& journal, OpenEvaluations& open, const ports::Clock& clock, const Workers& writer,
                 ports::Log& log, Alarms& alarms, std::size_t batch, Onward onward)
        : journal_{journal},
          open_{open},
          clock_{clock},
          writer_{writer},
          log_{log},
          alarms_{alarms},
          batch_{batch},
          onward_{std::move(onward)} {}

    // One batch, `batch` events or fewer that open many evaluations, so that what shares the thread, ratings and
    // deliveries, gets its turn in between. The journal forgets a batch at the beginning of the next step: what the
    // batch leads to need not wait for that. The writer's thread, as are the two below.
    enum class Step {
        empty,
        more,
        stuck
    };  // `empty`: everything accepted is in the store; `stuck`: the journal or the store does not answer
    Step step();
    // Steps until there are no more. True: everything accepted is in the store.
    bool pass();
    // Makes the journal forget what the last step brought into the store; before the end, when no step follows.
    bool forget_stored();

private:
    bool take(std::span<const ports::Journaled> events) HCP_REQUIRES(writer_);
    void load_poisoned() HCP_REQUIRES(writer_);
    ports::result<void> set_aside(const ports::Journaled& event, std::string_view reason);

    ports::Journal& journal_;
    OpenEvaluations& open_;
    const ports::Clock& clock_;
    const Workers& writer_;
    ports::Log& log_;
    Alarms& alarms_;
    std::size_t batch_;
    Onward onward_;
    std::set<domain::CompletionKey> poisoned_ HCP_GUARDED_BY(writer_);
    std::int64_t set_aside_known_ HCP_GUARDED_BY(writer_) = -1;  // how many there were when poisoned_ was read
    // In the store, and not yet forgotten by the journal.
    std::optional<ports::Position> stored_through_ HCP_GUARDED_BY(writer_);
};

}  // namespace hcp::app
