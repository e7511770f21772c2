#include "adapters/host/calls.hpp"

#include "adapters/host/host_log.hpp"

#include <boost/core/demangle.hpp>

#include <unistd.h>

#include <algorithm>
#include <exception>
#include <string>
#include <typeinfo>
#include <utility>

namespace hcp::host {

Calls::Calls(ports::Log& log) : log_{log}, process_{getpid()}, control_thread_{std::this_thread::get_id()} {}

void Calls::breach(std::string_view what) noexcept {
    log_.often(ports::LogLevel::error, "宿主违反约定", what);
}

void Calls::breach_in(const char* function, std::string_view what) noexcept {
    try {
        breach(std::string{function}.append("：").append(what));
    } catch (...) {
        breach(what);
    }
}

void Calls::out_of_turn(const char* function, State now) noexcept {
    if (told_out_of_turn_in_.exchange(static_cast<int>(now)) == static_cast<int>(now)) return;
    try {
        const std::string when = now == State::created   ? " start 成功之前"
                                 : now == State::running ? "运行期间"
                                 : now == State::stopping ? "停止完成之前（stop 返回 HCP_E_TIMEOUT 后须再次调用）"
                                                          : "停止之后";
        log_.often(ports::LogLevel::warning, "宿主违反约定",
                   std::string{function} + " 不得在" + when + "调用，已拒绝（HCP_E_STATE）");
    } catch (...) {
        log_.often(ports::LogLevel::warning, "宿主违反约定", "调用时机不对，已拒绝（HCP_E_STATE）");
    }
}

void Calls::report_exception(const char* function) noexcept {
    try {
        std::string kind = "未知类型";
        try {
            throw;
        } catch (const std::exception& e) {
            kind = boost::core::demangle(typeid(e).name());
        } catch (...) {
            kind = "非标准异常";
        }
        log_.often(ports::LogLevel::error, "内部错误：" + std::string{function}, "出现未预期的异常 " + kind);
    } catch (...) {
        log_.often(ports::LogLevel::error, "内部错误", function);
    }
}

// In a child of fork our threads do not exist and our locks may be held for ever: it is answered without touching them.
bool Calls::reachable() const noexcept {
    if (getpid() != process_) return false;
    if (!HostLog::inside()) return true;
    HostLog::called_from_inside();
    return false;
}

Calls::Use::Use(Calls& calls, const char* function, Kind kind) noexcept : calls_{calls} {
    if (!calls_.reachable()) return;
    // Counted before the state is read: whoever leaves `running` first sees either this count or this call refused.
    ++calls_.in_flight_;
    const State now = calls_.state_;
    allowed_ = now == State::running;
    if (allowed_) return;
    // While the module stops nobody need know it yet, nor the host's own events while it starts.
    const bool may_not_know = now == State::stopping || (kind == Kind::hook && now == State::created);
    if (!may_not_know) calls_.out_of_turn(function, now);
    calls_.leave();
}

Calls::Use::~Use() {
    if (allowed_) calls_.leave();
}

void Calls::leave() noexcept {
    if (in_flight_.fetch_sub(1) != (awaited | 1)) return;
    const run::Lock lock{mutex_};
    are_over_ = true;
    over_changed_.notify_all();
}

bool Calls::are_over_by(std::chrono::steady_clock::time_point deadline) noexcept {
    const run::Lock lock{mutex_};
    if (!std::exchange(is_awaited_, true)) are_over_ = in_flight_.fetch_or(awaited) == 0;
    return over_changed_.wait_until(mutex_, deadline, [this]() HCP_REQUIRES(mutex_) { return are_over_; });
}

Calls::Control::Control(Calls& calls, const char* function) noexcept : calls_{calls}, function_{function} {
    if (!calls_.reachable()) return;
    alone_ = !calls_.controlled_.exchange(true);
    try {
        if (!alone_)
            calls_.breach(std::string{function} + " 与另一个控制调用同时进行");
        else if (checks_tags && std::this_thread::get_id() != calls_.control_thread_)
            calls_.breach(std::string{function} + " 不在调用 hcp_plugin_create 的线程上");
    } catch (...) {
        calls_.breach("控制调用的线程不对");
    }
}

Calls::Control::Control(Calls& calls, std::chrono::steady_clock::time_point deadline) noexcept
    : calls_{calls}, function_{"exit"} {
    using namespace std::chrono_literals;
    while (!(alone_ = !calls_.controlled_.exchange(true)) && std::chrono::steady_clock::now() < deadline)
        std::this_thread::sleep_for(5ms);
}

Calls::Control::~Control() {
    if (alone_) calls_.controlled_ = false;
}

bool Calls::Control::allowed_in(std::initializer_list<State> states) const noexcept {
    if (!alone_) return false;
    const State now = calls_.state();
    if (std::find(states.begin(), states.end(), now) != states.end()) return true;
    calls_.out_of_turn(function_, now);
    return false;
}

}  // namespace hcp::host
