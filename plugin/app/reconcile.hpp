#pragma once
#include "plugin/app/identity.hpp"
#include "plugin/app/pulse.hpp"
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
// enters the journal like any other event. What the journal holds is not lost: a page is judged once everything that
// was accepted before it was fetched is in the store, and what is missing there is taken in only at a moment when the
// journal holds nothing that the store lacks. What is set aside waits for a person and does not enter again. What is
// under bid secrecy is taken in like all else, but not counted in the log (E14).
// The scan may block, so this runs on the host thread, a page at a time, that others who need it get their turn;
// `on_database` runs a piece of work on a database thread and waits for it, or drops it when those are stopped. Nothing
// here waits for the drain.
class Reconcile {
public:
    Reconcile(ports::Host& host, ports::Store& store, ports::Journal& journal, const Keys& keys,
              const ports::Clock& clock, ports::Log& log, const Workers& host_thread,
              std::function<void(std::function<void()>)> on_database)
        : host_{host},
          store_{store},
          journal_{journal},
          keys_{keys},
          clock_{clock},
          log_{log},
          host_thread_{host_thread},
          on_database_{std::move(on_database)} {}

    enum class Step {
        more,
        waiting,  // for the drain: to be called again when it has advanced
        complete,
        broken_off,
    };
    // One page, fetched or judged. The first of a scan begins at now - lookback; what broke off begins anew.
    Step step(std::chrono::days lookback);

private:
    struct Page {
        std::vector<domain::Completion> completions;  // without those that turned out to be there
        std::string next_cursor;
        ports::Position accepted;  // up to here the journal must have forgotten before it can be judged
    };
    struct Scan {
        domain::Instant since;
        std::string cursor;
        std::int64_t seen = 0, repaired = 0;
        bool malformed = false;  // some were
        std::optional<Page> page;
    };
    // `unsettled`: the journal holds what the page may have among it.
    enum class Judged { settled, unsettled };
    ports::result<Judged> judge(Scan& scan);
    ports::result<Judged> take_in(Scan& scan, ports::Position end);
    ports::result<void> leave_out_known(std::vector<domain::Completion>& completions);
    ports::result<void> leave_out_set_aside(std::vector<domain::Completion>& completions);
    Step break_off(const std::string& why);

    ports::Host& host_;
    ports::Store& store_;
    ports::Journal& journal_;
    const Keys& keys_;
    const ports::Clock& clock_;
    ports::Log& log_;
    const Workers& host_thread_;
    std::function<void(std::function<void()>)> on_database_;
    std::optional<Scan> scan_ HCP_GUARDED_BY(host_thread_);
};

}  // namespace hcp::app
