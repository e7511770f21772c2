#pragma once
#include "plugin/domain/clock_watch.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/record/books.hpp"
#include "plugin/run/alarms.hpp"
#include "plugin/run/mutex.hpp"
#include "plugin/run/workers.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace hcp::app {

// Whether the instance's clock may be believed with what cannot be taken back (E24), where no database server says what
// time it is: a default settled, a service told to the province once more, a message given up. A clock that has jumped
// may not, until it is back or an operator confirms it; an alarm says so. What was known of the time is in the store,
// so that a restart forgets nothing.
class WatchClock {
public:
    struct Means {
        ports::Store& store;
        record::Books& books;
        const ports::Clock& clock;
        const ports::BootClock& boot;
        run::Alarms& alarms;
        ports::Log& log;
        const run::Workers& writer;
    };
    // `max_jump`: nothing, under a virtual clock, which is always believed.
    WatchClock(const Means& means, std::optional<std::chrono::seconds> max_jump)
        : means_{means}, max_jump_{max_jump}, watch_{max_jump.value_or(std::chrono::seconds{})} {}

    // Looks at the clock for the first time; once the instance has its number. The writer's thread.
    [[nodiscard]] ports::result<void> begin();
    // Writes down what is known of the time, and takes over what an operator has confirmed. Every few seconds; the
    // writer's thread.
    void keep();
    // What the clock shows, if it may be believed. Looks at it anew. Any thread.
    [[nodiscard]] std::optional<domain::Instant> believed_now();

private:
    using Says = domain::ClockWatch::Says;
    struct Looked {
        domain::Instant wall;
        Says says = Says::right;
    };
    [[nodiscard]] domain::ClockWatch::Reading reading() const { return {means_.clock.now(), means_.boot.now()}; }
    [[nodiscard]] ports::result<std::vector<ports::ClockMarkRow>> marks() const;
    [[nodiscard]] Looked look();
    void take_over(const ports::ClockMarkRow& own) HCP_REQUIRES(means_.writer);

    const Means means_;
    const std::optional<std::chrono::seconds> max_jump_;
    run::Mutex mutex_;
    domain::ClockWatch watch_ HCP_GUARDED_BY(mutex_);
    bool watching_ HCP_GUARDED_BY(mutex_) = false;
    std::optional<domain::Instant> confirmed_at_ HCP_GUARDED_BY(means_.writer);  // taken over already
};

}  // namespace hcp::app
