#include "adapters/host/host_log.hpp"

#include "plugin/run/thread.hpp"

#include <algorithm>
#include <utility>

namespace hcp::host {
namespace {

using std::chrono::steady_clock;

// Of one thread: how deep it is in the host's log, and whether the host called us from there.
thread_local int log_depth = 0;
thread_local bool reentered = false;

}  // namespace

hcp_text borrowed(std::string_view text) noexcept {
    constexpr std::size_t most = std::size_t{64} * 1024 * 1024;
    return {text.data(), static_cast<std::uint32_t>(std::min(text.size(), most))};
}

void HostLog::write(ports::LogLevel level, std::string_view line) noexcept {
    if (level < least_level_ || log_depth > 0) return;
    try {
        const run::Lock lock{mutex_};
        if (writing_) return queue(level, line);
    } catch (...) {
        return;  // no memory for the line, and the host must not wait for it
    }
    say(level, line);
}

void HostLog::often(ports::LogLevel level, std::string_view kind, std::string_view detail) noexcept {
    if (level < least_level_ || log_depth > 0) return;
    try {
        const run::Lock lock{mutex_};
        if (!limit_.admits(kind, steady_clock::now())) return;
    } catch (...) {
        return;
    }
    Log::often(level, kind, detail);
}

void HostLog::queue(ports::LogLevel level, std::string_view line) {
    if (waiting_.size() >= most_waiting) {
        ++lost_;
        return;
    }
    waiting_.push_back({level, std::string{line}});
    changed_.notify_all();
}

void HostLog::sum_up(Time now) {
    for (const auto& [kind, lines] : limit_.over_by(now))
        queue(ports::LogLevel::warning, kind + "：另有 " + std::to_string(lines) + " 行同类日志没有逐行写出");
    if (lost_ == 0 || !waiting_.empty()) return;
    queue(ports::LogLevel::warning,
          "宿主的日志函数太慢，有 " + std::to_string(std::exchange(lost_, 0)) + " 行日志没有写出");
}

void HostLog::say(ports::LogLevel level, std::string_view line) noexcept {
    const auto call = [&](ports::LogLevel l, std::string_view text) {
        if (silent_) return;
        ++log_depth;
        try {
            host_.log(host_.self, static_cast<std::int32_t>(l), borrowed(text));
        } catch (...) {
            // A host in C++ that throws here has lost its own line; there is no other place to say so.
        }
        --log_depth;
    };
    call(level, line);
    if (std::exchange(reentered, false) && !reentry_reported_.exchange(true)) {
        call(ports::LogLevel::error, "宿主违反约定：在 log 函数中回调了插件；这样的调用一律被拒绝（HCP_E_STATE）");
        reentered = false;
    }
}

void HostLog::start_writing() {
    const run::Lock lock{mutex_};
    if (writing_) return;
    ending_ = false;
    thread_ = run::start_thread([this] { run(); });
    writing_ = true;
}

void HostLog::run() {
    run::Lock lock{mutex_};
    for (;;) {
        // A kind's minute begins with a line that is written, and so with a turn of this loop.
        (void)changed_.wait_until(mutex_, limit_.next_end(),
                                  [this]() HCP_REQUIRES(mutex_) { return ending_ || !waiting_.empty() || lost_ > 0; });
        try {
            sum_up(ending_ ? Time::max() : steady_clock::now());
        } catch (...) {
            // No memory for a summary: the lines themselves still go.
        }
        if (waiting_.empty()) {
            if (ending_) break;
            continue;
        }
        const auto line = std::move(waiting_.front());
        waiting_.pop_front();
        busy_ = true;
        lock.unlock();
        say(line.level, line.text);
        lock.lock();
        busy_ = false;
        changed_.notify_all();
    }
    writing_ = false;
    changed_.notify_all();
}

bool HostLog::stop_writing_by(Time deadline) noexcept {
    {
        const run::Lock lock{mutex_};
        ending_ = true;
        changed_.notify_all();
        if (!changed_.wait_until(mutex_, deadline, [this]() HCP_REQUIRES(mutex_) { return !writing_; })) return false;
    }
    if (thread_.joinable()) thread_.join();
    return true;
}

bool HostLog::written_by(Time deadline) noexcept {
    const run::Lock lock{mutex_};
    return changed_.wait_until(mutex_, deadline,
                               [this]() HCP_REQUIRES(mutex_) { return !writing_ || (waiting_.empty() && !busy_); });
}

bool HostLog::inside() noexcept {
    return log_depth > 0;
}
void HostLog::called_from_inside() noexcept {
    reentered = true;
}

}  // namespace hcp::host
