#pragma once
#include "plugin/ports/clock.hpp"
#include "plugin/ports/journal.hpp"
#include "plugin/ports/meter.hpp"
#include "plugin/ports/province.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/ports/wal.hpp"
#include "plugin/run/alarms.hpp"
#include "plugin/run/mutex.hpp"
#include "plugin/run/workers.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hcp::app {

// Looks at what waits and for how long, tells the meter, and raises what a person must look at.
class WatchFigures {
public:
    struct Means {
        ports::Store& store;
        ports::Journal& journal;
        const ports::Clock& clock;
        ports::Meter& meter;
        run::Alarms& alarms;
        const run::Workers& readers;
    };
    struct Limits {
        // E24: past it nothing is settled; nothing where the clock is not meant to agree with the database's
        std::optional<std::chrono::milliseconds> clock_skew;
        std::chrono::days secrecy;           // E14: an alarm, never a release
        std::chrono::hours undelivered{24};  // no longer should anything wait for the province without a word
        std::int64_t heavy_wal_bytes = ports::heavy_wal_bytes;
    };
    WatchFigures(const Means& means, Limits limits) : means_{means}, limits_{limits} {}

    // `bridge`: nothing where nothing is sent. The readers' threads.
    void look(const std::optional<ports::BridgeFigures>& bridge);
    // As last looked at; nothing when nobody has looked yet, or the database did not answer then. Any thread.
    [[nodiscard]] std::optional<ports::QueueFigures> queues() const;
    [[nodiscard]] bool has_looked() const;

private:
    void watch_queues(const ports::QueueFigures& queues);
    void watch_clocks();
    void watch_wals();
    void watch_wal(std::string_view alarm, const std::string& whose, std::int64_t bytes);

    const Means means_;
    const Limits limits_;
    mutable run::Mutex mutex_;
    std::optional<ports::QueueFigures> queues_ HCP_GUARDED_BY(mutex_);
    bool has_looked_ HCP_GUARDED_BY(mutex_) = false;
};

}  // namespace hcp::app
