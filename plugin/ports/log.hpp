#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace hcp::ports {

enum class LogLevel : std::int32_t { debug = 0, info = 1, warning = 2, error = 3 };

// Lines for operators, in Chinese, never with a personal datum or a secret. Any thread; never throws.
class Log {
public:
    virtual ~Log() = default;
    virtual void write(LogLevel level, std::string_view line) noexcept = 0;
    // “kind：detail”, of what somebody outside can cause as often as he pleases: faulty events, a network that is down.
    // A log may leave some of a kind out, if it says how many. `kind`: one of few.
    virtual void often(LogLevel level, std::string_view kind, std::string_view detail) noexcept;
    void debug(std::string_view line) noexcept { write(LogLevel::debug, line); }
    void info(std::string_view line) noexcept { write(LogLevel::info, line); }
    void warning(std::string_view line) noexcept { write(LogLevel::warning, line); }
    void error(std::string_view line) noexcept { write(LogLevel::error, line); }
};

inline void Log::often(LogLevel level, std::string_view kind, std::string_view detail) noexcept {
    try {
        write(level, std::string{kind} + "：" + std::string{detail});
    } catch (...) {
        write(level, kind);
    }
}

}  // namespace hcp::ports
