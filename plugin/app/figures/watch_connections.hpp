#pragma once
#include "plugin/ports/clock.hpp"
#include "plugin/ports/meter.hpp"
#include "plugin/run/alarms.hpp"
#include "plugin/run/mutex.hpp"

namespace hcp::app {

// Keeps the figures of people's connections, and raises an alarm while many are turned away. Any thread.
class WatchConnections {
public:
    struct Means {
        const ports::SteadyClock& steady;
        ports::Meter& meter;
        run::Alarms& alarms;
    };
    explicit WatchConnections(const Means& means) : means_{means}, since_{means.steady.now()} {}

    // As they stand; nothing is decided by it, so it may come as often as connections come and go.
    void tell(const ports::ConnectionFigures& figures) noexcept;
    // Raises at once; clears at the end of a minute in which few were turned away.
    void look();

private:
    const Means means_;
    run::Mutex mutex_;
    ports::ConnectionFigures figures_ HCP_GUARDED_BY(mutex_);
    ports::SteadyClock::Time since_ HCP_GUARDED_BY(mutex_);  // when the minute began,
    std::int64_t before_ HCP_GUARDED_BY(mutex_) = 0;         // and who had been turned away by then
};

}  // namespace hcp::app
