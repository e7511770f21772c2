#pragma once
#include "plugin/app/identity.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/host.hpp"
#include "plugin/ports/journal.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/ports/store.hpp"

#include <functional>
#include <optional>

namespace hcp::app {

// Completions under bid secrecy are taken in like all others, but not counted (E14).
struct Reconciled {
    std::size_t seen = 0, repaired = 0, malformed = 0;
    bool complete = false;  // every page was read
};

// H4: what the host finished but never reported, or reported and lost its answer, is found in its completion scan and
// enters the journal like any other event. One already in the journal enters twice and is opened once. The scan may
// block, so this runs on the host thread; `on_database` runs a piece of work on a database thread and waits for it.
class Reconcile {
public:
    Reconcile(ports::Host& host, ports::Store& store, ports::Journal& journal, const Keys& keys,
              const ports::Clock& clock, ports::Log& log, std::function<bool(std::function<void()>)> on_database)
        : host_{host},
          store_{store},
          journal_{journal},
          keys_{keys},
          clock_{clock},
          log_{log},
          on_database_{std::move(on_database)} {}

    Reconciled run(std::chrono::days lookback);

private:
    ports::result<std::vector<domain::Completion>> missing(const std::vector<domain::Completion>& completions);

    ports::Host& host_;
    ports::Store& store_;
    ports::Journal& journal_;
    const Keys& keys_;
    const ports::Clock& clock_;
    ports::Log& log_;
    std::function<bool(std::function<void()>)> on_database_;
};

}  // namespace hcp::app
