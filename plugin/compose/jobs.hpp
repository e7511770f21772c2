#pragma once
#include "plugin/compose/use_cases.hpp"
#include "plugin/domain/daily.hpp"
#include "plugin/run/pulse.hpp"
#include "plugin/run/single_flight.hpp"

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace hcp::compose {

// What goes on in the background, each on its workers and never twice at once; jobs.cpp has the table.
enum class Job {
    join,
    drain,
    deliver,
    sweep,
    look,
    anchor,
    fetch,
    judge,
    calendar,
    daily,
    check,
    clock,
    presence,
    keys,
    purge,
    notices,
};

class Jobs {
public:
    // `joined`: the instance has this number in the store; called on the writer's thread, once.
    Jobs(UseCases& use, Crew& crew, std::function<void(domain::InstanceNo)> joined);
    ~Jobs() { stop(); }
    Jobs(const Jobs&) = delete;
    Jobs& operator=(const Jobs&) = delete;

    // From now on the timer calls them, and what is waiting is begun with.
    void start();
    void stop();
    void poke(Job job) { flights_[static_cast<std::size_t>(job)]->poke(); }
    // In a world of one thread: begins what start() begins, then the timer when it is due; answers when it is again.
    void begin();
    ports::SteadyClock::Time beat() { return pulse_.beat(); }

    // Once until it succeeds; until then nothing that needs the store is done. The writer's thread.
    app::JoinStore::Answer join();
    // Whether the store is waited for, as the answer says why, stands among the alarms. Any thread.
    void tell_of_store(const app::JoinStore::Answer& answer);
    [[nodiscard]] bool is_joined() const noexcept { return is_joined_; }

private:
    struct Row;
    [[nodiscard]] std::vector<Row> table();

    void join_again();
    void drain();
    void sweep();
    void look();
    void anchor();
    void begin_with_store();
    void follow(app::ScanHost::Next next);
    void daily();
    void watch_keys();
    void ask_for_scan();

    UseCases& use_;
    Crew& crew_;
    const std::function<void(domain::InstanceNo)> joined_;
    std::atomic<bool> is_joined_ = false, is_stopping_ = false;
    domain::Daily daily_;  // the writer's
    run::Pulse pulse_;
    std::vector<std::unique_ptr<run::SingleFlight>> flights_;  // by Job
};

}  // namespace hcp::compose
