#include "integration/province_sim/clock.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace province_sim {
namespace {

constexpr std::chrono::hours zone{8};

// Digits where the pattern has a letter, the pattern's own character elsewhere; the fields come in y M d H m s order.
std::optional<Instant> parse_as(std::string_view text, std::string_view pattern) {
    constexpr std::string_view letters = "yMdHms";
    if (text.size() != pattern.size()) return std::nullopt;
    std::array<int, 6> field{};
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto which = letters.find(pattern[i]);
        if (which == std::string_view::npos) {
            if (text[i] != pattern[i]) return std::nullopt;
        } else {
            if (text[i] < '0' || text[i] > '9') return std::nullopt;
            field[which] = field[which] * 10 + (text[i] - '0');
        }
    }
    const std::chrono::year_month_day day{std::chrono::year{field[0]},
                                          std::chrono::month{static_cast<unsigned>(field[1])},
                                          std::chrono::day{static_cast<unsigned>(field[2])}};
    if (!day.ok() || field[3] > 23 || field[4] > 59 || field[5] > 59) return std::nullopt;
    return std::chrono::sys_days{day} + std::chrono::hours{field[3]} + std::chrono::minutes{field[4]} +
           std::chrono::seconds{field[5]} - zone;
}

std::optional<Instant> read_instant(const std::filesystem::path& file) {
    std::ifstream in{file};
    std::string word;
    if (!(in >> word)) return std::nullopt;
    std::int64_t us = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), us);
    if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
    return Instant{std::chrono::microseconds{us}};
}

}  // namespace

std::optional<Instant> parse_time(std::string_view text) {
    return parse_as(text, "yyyy-MM-dd HH:mm:ss");
}

std::optional<Instant> parse_compact_time(std::string_view text) {
    return parse_as(text, "yyyyMMddHHmmss");
}

std::string format_time(Instant at) {
    const auto local = std::chrono::floor<std::chrono::seconds>(at + zone);
    const auto midnight = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day day{midnight};
    const std::chrono::hh_mm_ss clock{local - midnight};
    std::array<char, 64> text{};
    const int size = std::snprintf(
        text.data(), text.size(), "%04d-%02u-%02u %02d:%02d:%02d", static_cast<int>(day.year()),
        static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()), static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()));
    return {text.data(), static_cast<std::size_t>(size)};
}

std::string format_http_date(Instant at) {
    constexpr std::array<const char*, 7> weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto second = std::chrono::floor<std::chrono::seconds>(at);
    const auto midnight = std::chrono::floor<std::chrono::days>(second);
    const std::chrono::year_month_day day{midnight};
    const std::chrono::hh_mm_ss clock{second - midnight};
    std::array<char, 64> text{};
    const int size =
        std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                      weekdays.at(std::chrono::weekday{midnight}.c_encoding()), static_cast<unsigned>(day.day()),
                      months.at(static_cast<unsigned>(day.month()) - 1), static_cast<int>(day.year()),
                      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                      static_cast<int>(clock.seconds().count()));
    return {text.data(), static_cast<std::size_t>(size)};
}

void Clock::follow(const std::filesystem::path& file) {
    const auto first = read_instant(file);
    if (!first) throw std::invalid_argument{"no microseconds to read in clock file " + file.string()};
    const std::lock_guard lock{mutex_};
    file_ = file;
    held_.reset();
    last_ = *first;
}

void Clock::hold(Instant at) {
    const std::lock_guard lock{mutex_};
    file_.clear();
    held_ = at;
}

Instant Clock::now_locked() {
    if (held_) return *held_;
    if (file_.empty()) return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()) + offset_;
    if (const auto read = read_instant(file_)) last_ = *read;
    return last_;
}

Instant Clock::now() {
    const std::lock_guard lock{mutex_};
    return now_locked();
}

std::chrono::microseconds Clock::elapsed() {
    const std::lock_guard lock{mutex_};
    if (held_ || !file_.empty()) return now_locked().time_since_epoch();
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

bool Clock::set_offset(std::chrono::milliseconds offset) {
    const std::lock_guard lock{mutex_};
    if (held_ || !file_.empty()) return false;
    offset_ = offset;
    return true;
}

}  // namespace province_sim
