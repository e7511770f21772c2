#pragma once
#include "plugin/domain/event.hpp"
#include "plugin/ports/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::ports {

enum class LogLevel : std::int32_t { debug = 0, info = 1, warning = 2, error = 3 };

// Lines for operators, in Chinese, never with a personal datum or a secret. Any thread; never throws.
class Log {
public:
    virtual ~Log() = default;
    virtual void write(LogLevel level, std::string_view line) noexcept = 0;
    void debug(std::string_view line) noexcept { write(LogLevel::debug, line); }
    void info(std::string_view line) noexcept { write(LogLevel::info, line); }
    void warning(std::string_view line) noexcept { write(LogLevel::warning, line); }
    void error(std::string_view line) noexcept { write(LogLevel::error, line); }
};

// What the host may offer beside the log. Calls block and belong on the host thread alone.
struct SignedOn {
    bool staff = false;
    domain::SubjectType subject_type = domain::SubjectType::legal;
    std::string certificate_no;  // of a subject
    std::string staff_id;        // of a staff member
};

struct ScanPage {
    std::vector<domain::Completion> completions;
    std::size_t malformed = 0;  // entries that the gate would have answered INVALID
    std::string next_cursor;    // empty: this was the last page
};

class Host {
public:
    virtual ~Host() = default;
    // M9.1. Nothing when the host has no identity extension or does not know the ticket.
    virtual std::optional<SignedOn> redeem(std::string_view ticket) = 0;
    // H4. Nothing when the host has no completion scan or the scan failed.
    virtual std::optional<ScanPage> list_completed(domain::Instant since, std::string_view cursor) = 0;
    [[nodiscard]] virtual bool can_scan() const noexcept = 0;
};

}  // namespace hcp::ports
