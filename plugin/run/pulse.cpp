#include "plugin/run/pulse.hpp"

#include "plugin/run/guarded.hpp"
#include "plugin/run/thread.hpp"

#include <algorithm>

namespace hcp::run {

void Pulse::every(std::chrono::milliseconds interval, std::function<void()> task) {
    beats_.push_back({interval, std::move(task), steady_.now() + interval});
}

void Pulse::start() {
    const auto now = steady_.now();
    for (auto& beat : beats_) beat.next = now + beat.interval;
    {
        const Lock lock{mutex_};
        stopping_ = false;
    }
    thread_ = start_thread([this] { run(); });
}

Pulse::Beat& Pulse::soonest() {
    return *std::min_element(beats_.begin(), beats_.end(),
                             [](const Beat& a, const Beat& b) { return a.next < b.next; });
}

void Pulse::call(Beat& beat) {
    beat.next = std::max(beat.next + beat.interval, steady_.now());
    run_guarded(beat.task, log_);
}

void Pulse::run() {
    Lock lock{mutex_};
    while (!stopping_ && !beats_.empty()) {
        auto& next = soonest();
        if (wake_.wait_for(mutex_, next.next - steady_.now(), [this]() HCP_REQUIRES(mutex_) { return stopping_; }))
            break;
        lock.unlock();
        call(next);
        lock.lock();
    }
}

ports::SteadyClock::Time Pulse::beat() {
    const auto now = steady_.now();
    while (soonest().next <= now) call(soonest());
    return soonest().next;
}

void Pulse::stop() {
    {
        const Lock lock{mutex_};
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

}  // namespace hcp::run
