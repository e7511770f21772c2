#pragma once
#include "plugin/ports/log.hpp"
#include "plugin/run/mutex.hpp"

#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

namespace hcp::app {

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
    mutable run::Mutex mutex_;
    run::Condition wake_, idle_;
    std::deque<std::function<void()>> tasks_ HCP_GUARDED_BY(mutex_);
    bool stopping_ HCP_GUARDED_BY(mutex_) = false;
    std::size_t alive_ HCP_GUARDED_BY(mutex_) = 0;
    std::vector<std::thread> threads_;
};

// Posts a task to the workers whenever it is poked, and never twice at once: pokes during a run lead to one more run.
// So a stage wakes the next one directly, and a burst costs one pass.
class SingleFlight {
public:
    SingleFlight(Workers& workers, std::function<void()> task) : workers_{workers}, task_{std::move(task)} {}
    void poke();

private:
    void run();
    void land();

    Workers& workers_;
    std::function<void()> task_;
    run::Mutex mutex_;
    bool running_ HCP_GUARDED_BY(mutex_) = false;
    bool again_ HCP_GUARDED_BY(mutex_) = false;
};

// Calls its tasks from one thread at fixed intervals of the steady clock; they post and return.
class Pulse {
public:
    explicit Pulse(ports::Log& log) : log_{log} {}
    ~Pulse() { stop(); }
    void every(std::chrono::milliseconds interval, std::function<void()> task);  // before start()
    void start();
    void stop();

private:
    struct Beat {
        std::chrono::milliseconds interval;
        std::function<void()> task;
        std::chrono::steady_clock::time_point next;
    };
    void run();

    ports::Log& log_;
    run::Mutex mutex_;
    run::Condition wake_;
    bool stopping_ HCP_GUARDED_BY(mutex_) = false;
    std::vector<Beat> beats_;  // after start() the thread's
    std::thread thread_;
};

}  // namespace hcp::app
