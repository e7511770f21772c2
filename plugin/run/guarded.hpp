#pragma once
#include "plugin/ports/log.hpp"

#include <exception>
#include <functional>
#include <string_view>

namespace hcp::run {

// Runs it to its end or its exception, which the log is told of.
inline void run_guarded(const std::function<void()>& task, ports::Log& log) noexcept {
    constexpr std::string_view interrupted = "内部任务中断，将由定时任务继续";
    try {
        task();
    } catch (const std::exception& error) {
        log.often(ports::LogLevel::error, interrupted, error.what());
    } catch (...) {
        log.often(ports::LogLevel::error, interrupted, "原因不明");
    }
}

}  // namespace hcp::run
