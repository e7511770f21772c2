#pragma once
#include "plugin/domain/fellow_clocks.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/journal.hpp"
#include "plugin/ports/meter.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/books.hpp"
#include "plugin/run/alarms.hpp"
#include "plugin/run/mutex.hpp"
#include "plugin/run/workers.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace hcp::app {

// Says to the other instances of the store that this one is there, and looks at them: whoever was killed and has not
// come back may have accepted what the store does not know, which is an alarm; and whose clock does not fit those of
// the others settles nothing (E24).
class WatchInstances {
public:
    struct Means {
        ports::Store& store;
        const record::Books& books;
        ports::Journal& journal;
        const ports::Clock& clock;
        const ports::BootClock& boot;
        ports::Meter& meter;
        run::Alarms& alarms;
        const run::Workers& writer;
        const run::Workers& readers;
    };
    struct Who {
        std::string name, version;
        std::chrono::seconds lease;
        // Nothing where the clock is not meant to agree with anybody's.
        std::optional<std::chrono::milliseconds> clock_skew;
    };
    WatchInstances(const Means& means, Who who)
        : means_{means}, who_{std::move(who)}, clocks_{who_.clock_skew.value_or(std::chrono::milliseconds{})} {}

    // Once the instance has its number, and with every renewal of its lease. The writer's thread.
    ports::result<void> tell();
    // The last that is told: it has stopped. The writer's thread.
    ports::result<void> leave();
    // Every few seconds. The readers' threads.
    void look();

    // Whether the clock may be believed beside those of the others, who are given a lease's time to be heard. Any
    // thread.
    [[nodiscard]] bool fits_the_others() const;
    // As last seen. Any thread.
    [[nodiscard]] std::vector<ports::InstanceSummary> seen() const;

private:
    ports::result<void> say(std::optional<domain::Instant> stopped_at) HCP_REQUIRES(means_.writer);
    void watch_clocks(domain::Instant before, domain::Instant after) HCP_REQUIRES(mutex_);
    void tell_of_lost(domain::Instant now) HCP_REQUIRES(mutex_);
    [[nodiscard]] bool is_own(const ports::InstanceSummary& one) const {
        return one.instance_no == means_.books.instance().value();
    }

    const Means means_;
    const Who who_;
    std::optional<domain::Instant> since_ HCP_GUARDED_BY(means_.writer);
    mutable run::Mutex mutex_;
    domain::FellowClocks clocks_ HCP_GUARDED_BY(mutex_);
    std::optional<std::chrono::microseconds> first_look_ HCP_GUARDED_BY(mutex_);  // by the boot clock
    std::vector<ports::InstanceSummary> seen_ HCP_GUARDED_BY(mutex_);
};

}  // namespace hcp::app
