// What time it is at the province, and the two ways it writes time down (always UTC+8).
#pragma once
#include <chrono>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace province_sim {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;

// `yyyy-MM-dd HH:mm:ss`; nullopt for anything else, impossible dates included.
std::optional<Instant> parse_time(std::string_view text);
// `yyyyMMddHHmmss`
std::optional<Instant> parse_compact_time(std::string_view text);
std::string format_time(Instant at);
// As HTTP writes it (IMF-fixdate, always GMT): `Thu, 15 Jan 2026 04:00:00 GMT`.
std::string format_http_date(Instant at);

// The system clock, unless moved or given away. All members may be called by any thread.
class Clock {
public:
    // The file holds microseconds since 1970 as decimal text and is read again at every call, so that another
    // program can own the time. Throws std::invalid_argument when it holds no number now; a reading that fails
    // later (the owner is just rewriting it) repeats the last good one.
    void follow(const std::filesystem::path& file);
    // From here on it is `at`, until the next hold() or follow().
    void hold(Instant at);

    [[nodiscard]] Instant now();
    // What a span of time is measured by: now() where a file or hold() owns the time, else the steady clock, whose
    // zero means nothing but which no offset moves.
    [[nodiscard]] std::chrono::microseconds elapsed();
    // false when a file or hold() owns the time.
    bool set_offset(std::chrono::milliseconds offset);

private:
    [[nodiscard]] Instant now_locked();

    std::mutex mutex_;
    std::filesystem::path file_;
    std::optional<Instant> held_;
    std::chrono::milliseconds offset_{0};
    Instant last_{};
};

}  // namespace province_sim
