#pragma once
#include <cstdint>
#include <string_view>

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

}  // namespace hcp::ports
