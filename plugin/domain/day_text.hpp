#pragma once
#include "plugin/domain/time.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// Days as people and files write them: 2020-07-31, always ten characters; and moments.
namespace hcp::domain {

[[nodiscard]] constexpr std::chrono::year_month_day date_of(Day day) noexcept {
    return std::chrono::year_month_day{day};
}
[[nodiscard]] constexpr std::chrono::year year_of(Day day) noexcept {
    return date_of(day).year();
}

[[nodiscard]] constexpr bool is_weekend(Day day) noexcept {
    const std::chrono::weekday w{day};
    return w == std::chrono::Saturday || w == std::chrono::Sunday;
}

[[nodiscard]] inline std::string padded(unsigned n, std::size_t width) {
    auto digits = std::to_string(n);
    return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

[[nodiscard]] inline std::string text_of(Day day) {
    const auto date = date_of(day);
    return padded(static_cast<unsigned>(int{date.year()}), 4) + '-' + padded(unsigned{date.month()}, 2) + '-' +
           padded(unsigned{date.day()}, 2);
}

// "2026-09-24 15:20:00", in Shanghai.
[[nodiscard]] inline std::string moment_text(Instant t) {
    const auto day = day_of(t);
    const auto seconds = static_cast<unsigned>(std::chrono::floor<std::chrono::seconds>(t - start_of(day)).count());
    return text_of(day) + ' ' + padded(seconds / 3600, 2) + ':' + padded(seconds / 60 % 60, 2) + ':' +
           padded(seconds % 60, 2);
}

// Nothing unless `text` is exactly a day that exists, from 1900 on.
[[nodiscard]] constexpr std::optional<Day> day_from(std::string_view text) noexcept {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    unsigned parts[3] = {0, 0, 0};
    for (std::size_t i = 0, part = 0; i < text.size(); ++i) {
        if (i == 4 || i == 7) {
            ++part;
            continue;
        }
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        parts[part] = parts[part] * 10 + static_cast<unsigned>(text[i] - '0');
    }
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(parts[0])}, std::chrono::month{parts[1]},
                                           std::chrono::day{parts[2]}};
    if (!date.ok() || parts[0] < 1900) return std::nullopt;
    return Day{date};
}

// First to last and one: [first, next month's first). Nothing unless `text` is exactly a month, as "2026-09".
struct Month {
    Day first, next;
};
[[nodiscard]] constexpr std::optional<Month> month_from(std::string_view text) noexcept {
    if (text.size() != 7) return std::nullopt;
    char first[] = "0000-00-01";
    text.copy(first, text.size());
    const auto day = day_from({first, 10});
    if (!day) return std::nullopt;
    const auto date = date_of(*day);
    return Month{*day, Day{std::chrono::year_month_day{date.year(), date.month(), std::chrono::day{1}} +
                           std::chrono::months{1}}};
}

}  // namespace hcp::domain
