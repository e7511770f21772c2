#pragma once
#include "plugin/app/identity.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/host.hpp"
#include "plugin/ports/journal.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/ports/store/store.hpp"

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace hcp::app {

// H4: what the host finished but never reported, or reported and lost its answer, is found in its completion scan and
// enters the journal like any other event. One already in the journal enters twice and is opened once; one that is set
// aside waits for a person and does not enter again. What is under bid secrecy is taken in like all else, but not
// counted in the log (E14). The scan may block, so this runs on the host thread, one page at a time, that others who
// need it get their turn; `on_database` runs a piece of work on a database thread and waits for it.
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

    enum class Step { more, complete, broken_off };
    // One page. The first of a scan begins at now - lookback; what broke off begins anew.
    Step step(std::chrono::days lookback);

private:
    struct Scan {
        domain::Instant since;
        std::string cursor;
        std::int64_t seen = 0, repaired = 0;
        bool malformed = false;  // some were
        std::set<domain::CompletionKey> set_aside;
    };
    std::optional<Scan> begin(std::chrono::days lookback);
    Step break_off(const std::string& why);
    ports::result<std::vector<domain::Completion>> missing(const std::vector<domain::Completion>& completions);

    ports::Host& host_;
    ports::Store& store_;
    ports::Journal& journal_;
    const Keys& keys_;
    const ports::Clock& clock_;
    ports::Log& log_;
    std::function<bool(std::function<void()>)> on_database_;
    std::optional<Scan> scan_;
};

}  // namespace hcp::app
