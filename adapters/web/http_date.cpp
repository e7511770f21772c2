#include "adapters/web/http_date.hpp"

#include <array>
#include <cstdio>

namespace hcp::web {

std::string http_date(domain::Instant at) {
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto second = std::chrono::floor<std::chrono::seconds>(at);
    const auto day = std::chrono::floor<std::chrono::days>(second);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{second - day};
    std::array<char, 40> text{};
    const auto written = std::snprintf(text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d GMT",
                                       days[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
                                       months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                                       static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                                       static_cast<int>(time.seconds().count()));
    return {text.data(), static_cast<std::size_t>(written)};
}

}  // namespace hcp::web
