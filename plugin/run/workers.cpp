#include "plugin/run/workers.hpp"

#include "plugin/run/guarded.hpp"
#include "plugin/run/thread.hpp"

#include <cstdio>
#include <cstdlib>

namespace hcp::run {

namespace {

thread_local const Workers* workers_of_this_thread = nullptr;

}  // namespace

Workers::Workers(std::size_t threads, ports::Log& log) : log_{log} {
    threads_.reserve(threads);
    try {
        for (std::size_t i = 0; i < threads; ++i) {
            threads_.push_back(start_thread([this] { run(); }));
            const Lock lock{mutex_};
            ++alive_;
        }
    } catch (...) {  // the system gives no more threads: those that run must not outlive us
        stop();
        throw;
    }
}

void Workers::post(std::function<void()> task) {
    {
        const Lock lock{mutex_};
        if (stopping_) return;
        tasks_.push_back(std::move(task));
    }
    wake_.notify_one();
}

void Workers::run() {
    workers_of_this_thread = this;
    Lock lock{mutex_};
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

bool Workers::run_next() {
    assert_here();
    std::function<void()> task;
    {
        const Lock lock{mutex_};
        if (tasks_.empty()) return false;
        task = std::move(tasks_.front());
        tasks_.pop_front();
    }
    run_guarded(task, log_);
    return true;
}

bool Workers::stop_within(std::chrono::milliseconds limit) {
    std::deque<std::function<void()>> dropped;  // what they hold may have something to say when it goes
    {
        const Lock lock{mutex_};
        stopping_ = true;
        dropped.swap(tasks_);
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
    const Lock lock{mutex_};
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

}  // namespace hcp::run
