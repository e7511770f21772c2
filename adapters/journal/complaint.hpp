#pragma once
#include "plugin/ports/journal.hpp"
#include "plugin/ports/log.hpp"

#include <atomic>
#include <exception>
#include <filesystem>
#include <string>
#include <utility>

namespace hcp::journal {

// What does not go, as the log has it: the first of a row of equal failures, since a full disk must not fill the host's
// log as well. Any thread.
class Complaint {
public:
    Complaint(std::filesystem::path file, ports::Log& log) : file_{std::move(file)}, log_{log} {}

    ports::error_code say(ports::journal_errc errc, const std::string& words) noexcept {
        if (latest_.exchange(static_cast<int>(errc)) == static_cast<int>(errc)) return errc;
        try {
            log_.error("本地日志 " + file_.string() + "：" + words);
        } catch (const std::exception&) {
            log_.error("本地日志失败，原因无法写出");
        }
        return errc;
    }
    void is_over() noexcept { latest_ = 0; }

private:
    const std::filesystem::path file_;
    ports::Log& log_;
    std::atomic<int> latest_{0};  // journal_errc; 0 = all is well
};

}  // namespace hcp::journal
