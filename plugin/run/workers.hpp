#pragma once
#include "plugin/ports/log.hpp"
#include "plugin/run/mutex.hpp"

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

namespace hcp::run {

// A fixed number of threads that run what is posted, first in, first out. One that waits for the network does not
// belong here. A task should not throw; what one does throw, memory being short, ends that task alone and is told to
// the log, for these threads are the host's process.
//
// What only they may do says so with assert_here(), and what only they may touch is HCP_GUARDED_BY them. While none of
// their threads lives, after stop() or because there were to be none, whoever is there may act for them.
class HCP_CAPABILITY("workers") Workers {
public:
    Workers(std::size_t threads, ports::Log& log);
    ~Workers() { stop(); }
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    void post(std::function<void()> task);  // after stop(): dropped
    // Runs the next task here, where there are no threads of theirs; false: there is none.
    bool run_next();
    // No task begins after this returns true; false: some still ran at the deadline, call again.
    bool stop_within(std::chrono::milliseconds limit);
    void stop();

    [[nodiscard]] bool may_act_here() const;
    // Where a debug build ends, naming the caller, when this thread may not act for them.
#ifdef NDEBUG
    void assert_here() const HCP_ASSERT_CAPABILITY(this) {}
#else
    void assert_here(const char* caller = __builtin_FUNCTION(), const char* file = __builtin_FILE(),
                     int line = __builtin_LINE()) const HCP_ASSERT_CAPABILITY(this);
#endif

private:
    void run();

    ports::Log& log_;
    mutable Mutex mutex_;
    Condition wake_, idle_;
    std::deque<std::function<void()>> tasks_ HCP_GUARDED_BY(mutex_);
    bool stopping_ HCP_GUARDED_BY(mutex_) = false;
    std::size_t alive_ HCP_GUARDED_BY(mutex_) = 0;
    std::vector<std::thread> threads_;
};

}  // namespace hcp::run
