#pragma once
#include "plugin/ports/clock.hpp"
#include "plugin/ports/host.hpp"
#include "plugin/ports/journal.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/keys.hpp"
#include "plugin/record/rules.hpp"
#include "plugin/run/mutex.hpp"
#include "plugin/run/workers.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace hcp::app {

// H4: what the host finished but never reported, or reported and lost its answer, is found in its completion scan and
// enters the journal like any other event. What the journal holds is not lost: a page is judged once everything that
// was accepted before it was fetched is in the store, and what is missing there is taken in only at a moment when the
// journal holds nothing that the store lacks. What is set aside waits for a person and does not enter again. What is
// under bid secrecy is taken in like all else, but not counted in the log (E14).
// The host's part may block, so a page is fetched on the host thread and judged on a reader's; nothing here waits for
// the drain.
class ScanHost {
public:
    struct Means {
        ports::Host& host;
        ports::Store& store;
        ports::Journal& journal;
        const record::Keys& keys;
        const record::RuleBook& rules;
        const ports::Clock& clock;
        ports::Log& log;
        const run::Workers& host_thread;
        const run::Workers& readers;
    };
    ScanHost(const Means& means, std::chrono::days lookback) : means_{means}, lookback_{lookback} {}

    // A scan from now - lookback on is to be made; one that is under way is made anew after its end. Any thread.
    void ask_for_scan();

    enum class Next {
        nothing,
        fetch,
        judge,
        wait,         // for the drain: to be judged when it has advanced
        again_later,  // it broke off: to be fetched anew
    };
    // One page, where that is what comes next; else nothing happens. The host thread, and the readers' threads. Answers
    // what comes next.
    Next fetch();
    Next judge();
    // Any thread; `nothing` while a page is being fetched or judged.
    [[nodiscard]] Next next() const;

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
    class Step;
    [[nodiscard]] Next broken_off(const std::string& why) const;

    const Means means_;
    const std::chrono::days lookback_;
    mutable run::Mutex mutex_;
    bool asked_for_ HCP_GUARDED_BY(mutex_) = false;  // a scan that has not begun
    bool at_work_ HCP_GUARDED_BY(mutex_) = false;    // the scan is with a thread
    Next next_ HCP_GUARDED_BY(mutex_) = Next::nothing;
    std::optional<Scan> scan_ HCP_GUARDED_BY(mutex_);
};

}  // namespace hcp::app
