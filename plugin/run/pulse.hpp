#pragma once
#include "plugin/ports/clock.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/run/mutex.hpp"

#include <chrono>
#include <functional>
#include <thread>
#include <vector>

namespace hcp::run {

// Calls its tasks at fixed intervals of the steady clock: from a thread of its own, or, in a world of one thread, from
// beat(). They post and return.
class Pulse {
public:
    Pulse(const ports::SteadyClock& steady, ports::Log& log) : steady_{steady}, log_{log} {}
    ~Pulse() { stop(); }
    Pulse(const Pulse&) = delete;
    Pulse& operator=(const Pulse&) = delete;

    void every(std::chrono::milliseconds interval, std::function<void()> task);  // before start()
    void start();
    void stop();
    // Calls what is due, here; answers when the next one is. Instead of start().
    ports::SteadyClock::Time beat();

private:
    struct Beat {
        std::chrono::milliseconds interval;
        std::function<void()> task;
        ports::SteadyClock::Time next;
    };
    [[nodiscard]] Beat& soonest();
    void call(Beat& beat);
    void run();

    const ports::SteadyClock& steady_;
    ports::Log& log_;
    Mutex mutex_;
    Condition wake_;
    bool stopping_ HCP_GUARDED_BY(mutex_) = false;
    std::vector<Beat> beats_;  // after start() the thread's
    std::thread thread_;
};

}  // namespace hcp::run
