#pragma once
#include "plugin/ports/log.hpp"

#include <exception>
#include <functional>
#include <string>

namespace hcp::run {

// Runs it to its end or its exception, which the log is told of.
inline void run_guarded(const std::function<void()>& task, ports::Log& log) noexcept {
    try {
        task();
    } catch (const std::exception& error) {
        log.error(std::string{"内部任务中断，将由定时任务继续："} + error.what());
    } catch (...) {
        log.error("内部任务中断，将由定时任务继续");
    }
}

}  // namespace hcp::run
