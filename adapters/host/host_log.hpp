#pragma once
#include "adapters/host/line_limit.hpp"
#include "plugin/abi/haochaping.h"
#include "plugin/ports/log.hpp"
#include "plugin/run/mutex.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <thread>

namespace hcp::host {

// How much of a text the C interface can carry, borrowed.
[[nodiscard]] hcp_text borrowed(std::string_view text) noexcept;

// The host's log. [any] While the module runs, a thread of its own calls the host's function, which may take its time;
// whoever has something to say, a completion thread above all, only queues it. Before and after, the control thread
// calls the function itself. What the host's log makes us say while it runs cannot be said: that would be its own
// recursion.
class HostLog final : public ports::Log {
public:
    using Time = std::chrono::steady_clock::time_point;
    static constexpr std::size_t most_waiting = 10'000;  // lines; what comes beyond them is counted, and that is said

    explicit HostLog(const hcp_host& host) : host_{host} {}
    ~HostLog() override { (void)stop_writing_by(Time::max()); }

    void write(ports::LogLevel level, std::string_view line) noexcept override;
    void often(ports::LogLevel level, std::string_view kind, std::string_view detail) noexcept override;
    void least_level(ports::LogLevel level) noexcept { least_level_ = level; }

    // [control] Throws std::system_error when the system gives no thread.
    void start_writing();
    // [control] Writes what waits and ends the thread; false: the host had not taken all of it by then, call again.
    [[nodiscard]] bool stop_writing_by(Time deadline) noexcept;
    // False: the host had not taken by then all that was said before.
    bool written_by(Time deadline) noexcept;
    // The process ends: from now on the host is not called any more.
    void silence() noexcept { silent_ = true; }

    // True while this thread is inside the host's log function.
    [[nodiscard]] static bool inside() noexcept;
    // Told by the gate when the host called the plugin from there; said once the log is free again.
    static void called_from_inside() noexcept;

private:
    struct Line {
        ports::LogLevel level;
        std::string text;
    };
    void say(ports::LogLevel level, std::string_view line) noexcept;
    void queue(ports::LogLevel level, std::string_view line) HCP_REQUIRES(mutex_);
    void sum_up(Time now) HCP_REQUIRES(mutex_);
    void run();

    const hcp_host& host_;
    std::atomic<ports::LogLevel> least_level_{ports::LogLevel::info};
    std::atomic<bool> reentry_reported_{false}, silent_{false};

    run::Mutex mutex_;
    run::Condition changed_;
    std::deque<Line> waiting_ HCP_GUARDED_BY(mutex_);
    LineLimit limit_ HCP_GUARDED_BY(mutex_);
    std::int64_t lost_ HCP_GUARDED_BY(mutex_) = 0;  // lines for which there was no room
    bool writing_ HCP_GUARDED_BY(mutex_) = false;   // the thread takes lines
    bool ending_ HCP_GUARDED_BY(mutex_) = false;
    bool busy_ HCP_GUARDED_BY(mutex_) = false;  // it is inside the host's function
    std::thread thread_;
};

}  // namespace hcp::host
