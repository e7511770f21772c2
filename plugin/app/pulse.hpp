#pragma once
#include "plugin/ports/log.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace hcp::app {

// A fixed number of threads that run what is posted, first in, first out. One that waits for the network does not
// belong here. A task should not throw; what one does throw, memory being short, ends that task alone and is told to
// the log, for these threads are the host's process.
class Workers {
public:
    Workers(std::size_t threads, ports::Log& log);
    ~Workers() { stop(); }
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    void post(std::function<void()> task);  // after stop(): dropped
    // No task begins after this returns true; false: some still ran at the deadline, call again.
    bool stop_within(std::chrono::milliseconds limit);
    void stop();

private:
    void run();

    ports::Log& log_;
    std::mutex mutex_;
    std::condition_variable wake_, idle_;
    std::deque<std::function<void()>> tasks_;
    bool stopping_ = false;
    std::size_t running_ = 0, alive_ = 0;
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
    std::mutex mutex_;
    bool running_ = false, again_ = false;
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
    std::mutex mutex_;
    std::condition_variable wake_;
    bool stopping_ = false;
    std::vector<Beat> beats_;
    std::thread thread_;
};

}  // namespace hcp::app
