#include "plugin/app/pulse.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace hcp::app {

namespace {

thread_local const Workers* workers_of_this_thread = nullptr;

// Runs it to its end or its exception.
void run_guarded(const std::function<void()>& task, ports::Log& log) noexcept {
    try {
        task();
    } catch (const std::exception& error) {
        log.error(std::string{"内部任务中断，将由定时任务继续："} + error.what());
    } catch (...) {
        log.error("内部任务中断，将由定时任务继续");
    }
}

}  // namespace

Workers::Workers(std::size_t threads, ports::Log& log) : log_{log} {
    threads_.reserve(threads);
    try {
        for (std::size_t i = 0; i < threads; ++i) {
            threads_.emplace_back([this] { run(); });
            const run::Lock lock{mutex_};
            ++alive_;
        }
    } catch (...) {  // the system gives no more threads: those that run must not outlive us
        stop();
        throw;
    }
}

void Workers::post(std::function<void()> task) {
    {
        const run::Lock lock{mutex_};
        if (stopping_) return;
        tasks_.push_back(std::move(task));
    }
    wake_.notify_one();
}

void Workers::run() {
    workers_of_this_thread = this;
    run::Lock lock{mutex_};
    for (;;) {
        wake_.wait(mutex_, [this]() HCP_REQUIRES(mutex_) { return stopping_ || !tasks_.empty(); });
        if (stopping_) break;
        auto task = std::move(tasks_.front());
        tasks_.pop_front();
        lock.unlock();
        run_guarded(task, log_);
        task = nullptr;
        lock.lock();
    }
    --alive_;
    idle_.notify_all();
}

bool Workers::stop_within(std::chrono::milliseconds limit) {
    {
        const run::Lock lock{mutex_};
        stopping_ = true;
        tasks_.clear();
        wake_.notify_all();
        if (!idle_.wait_for(mutex_, limit, [this]() HCP_REQUIRES(mutex_) { return alive_ == 0; })) return false;
    }
    for (auto& thread : threads_)
        if (thread.joinable()) thread.join();
    return true;
}

void Workers::stop() {
    while (!stop_within(std::chrono::hours{1})) {
    }
}

bool Workers::may_act_here() const {
    if (workers_of_this_thread == this) return true;
    const run::Lock lock{mutex_};
    return alive_ == 0;
}

#ifndef NDEBUG
void Workers::assert_here(const char* caller, const char* file, int line) const {
    if (may_act_here()) return;
    std::fprintf(stderr, "%s:%d: %s() was called on a thread that is none of the workers it belongs to\n", file, line,
                 caller);
    std::abort();
}
#endif

void SingleFlight::poke() {
    {
        const run::Lock lock{mutex_};
        if (running_) {
            again_ = true;
            return;
        }
        running_ = true;
    }
    workers_.post([this] { run(); });
}

void SingleFlight::run() {
    struct Landing {  // however the task ends, the next poke starts another
        SingleFlight& flight;
        ~Landing() { flight.land(); }
    } landing{*this};
    task_();
}

void SingleFlight::land() {
    {
        const run::Lock lock{mutex_};
        if (!again_) {
            running_ = false;
            return;
        }
        again_ = false;
    }
    workers_.post([this] { run(); });
}

void Pulse::every(std::chrono::milliseconds interval, std::function<void()> task) {
    beats_.push_back({interval, std::move(task), {}});
}

void Pulse::start() {
    const auto now = std::chrono::steady_clock::now();
    for (auto& beat : beats_) beat.next = now + beat.interval;
    {
        const run::Lock lock{mutex_};
        stopping_ = false;
    }
    thread_ = std::thread{[this] { run(); }};
}

void Pulse::run() {
    run::Lock lock{mutex_};
    while (!stopping_ && !beats_.empty()) {
        auto& soonest =
            *std::min_element(beats_.begin(), beats_.end(), [](auto& a, auto& b) { return a.next < b.next; });
        if (wake_.wait_until(mutex_, soonest.next, [this]() HCP_REQUIRES(mutex_) { return stopping_; })) break;
        soonest.next = std::max(soonest.next + soonest.interval, std::chrono::steady_clock::now());
        lock.unlock();
        run_guarded(soonest.task, log_);
        lock.lock();
    }
}

void Pulse::stop() {
    {
        const run::Lock lock{mutex_};
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
}

}  // namespace hcp::app
