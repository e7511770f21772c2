#pragma once
#include "plugin/ports/log.hpp"
#include "plugin/run/mutex.hpp"

#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <initializer_list>
#include <string_view>
#include <thread>

namespace hcp::host {

// The tags of the header are checked, not only written down, where asserts are.
#ifdef NDEBUG
inline constexpr bool checks_tags = false;
#else
inline constexpr bool checks_tags = true;
#endif

enum class State : int { created, running, stopping, stopped };

// Who may call when. Made on the control thread.
class Calls {
public:
    explicit Calls(ports::Log& log);

    [[nodiscard]] State state() const noexcept { return state_; }
    void enter(State s) noexcept { state_ = s; }
    // After leaving `running`: no call is inside, and none will come in. False: not by then.
    [[nodiscard]] bool are_over_by(std::chrono::steady_clock::time_point deadline) noexcept;

    void breach(std::string_view what) noexcept;
    void breach_in(const char* function, std::string_view what) noexcept;
    // A call that its state does not allow: told once a state, since a host that goes on calling calls often.
    void out_of_turn(const char* function, State now) noexcept;
    // Of the exception being handled. Its text stays out of the log: it may hold what was being processed.
    void report_exception(const char* function) noexcept;

    // [any & running]. False inside a forked child, inside the host's log and outside `running`.
    class Use {
    public:
        // A hook may be called while start and stop are under way: that is nobody's fault.
        enum class Kind { call, hook };
        Use(Calls& calls, const char* function, Kind kind = Kind::call) noexcept;
        ~Use();
        Use(const Use&) = delete;
        Use& operator=(const Use&) = delete;
        explicit operator bool() const noexcept { return allowed_; }

    private:
        Calls& calls_;
        bool allowed_ = false;
    };

    // [control]. Refuses when another control call is running.
    class Control {
    public:
        Control(Calls& calls, const char* function) noexcept;
        // At exit(), on whichever thread: another control call may end first.
        Control(Calls& calls, std::chrono::steady_clock::time_point deadline) noexcept;
        ~Control();
        Control(const Control&) = delete;
        Control& operator=(const Control&) = delete;
        [[nodiscard]] bool alone() const noexcept { return alone_; }
        [[nodiscard]] bool allowed_in(std::initializer_list<State> states) const noexcept;

    private:
        Calls& calls_;
        const char* function_;
        bool alone_ = false;
    };

private:
    [[nodiscard]] bool reachable() const noexcept;
    void leave() noexcept;

    ports::Log& log_;
    const pid_t process_;
    const std::thread::id control_thread_;
    std::atomic<State> state_{State::created};
    std::atomic<int> told_out_of_turn_in_{-1};  // State
    // Once somebody waits for their end, this bit is in it, and whoever brings the rest to 0 says so under the lock:
    // after that nothing of a call touches this object, which may be gone.
    static constexpr int awaited = 1 << 30;
    std::atomic<int> in_flight_{0};
    run::Mutex mutex_;
    run::Condition over_changed_;
    bool is_awaited_ HCP_GUARDED_BY(mutex_) = false;
    bool are_over_ HCP_GUARDED_BY(mutex_) = false;
    std::atomic<bool> controlled_{false};
};

}  // namespace hcp::host
