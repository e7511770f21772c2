#pragma once
#include "plugin/run/mutex.hpp"
#include "plugin/run/workers.hpp"

#include <functional>

namespace hcp::run {

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
    Mutex mutex_;
    bool running_ HCP_GUARDED_BY(mutex_) = false;
    bool again_ HCP_GUARDED_BY(mutex_) = false;
};

}  // namespace hcp::run
