#include "adapters/province/wire_text.hpp"

#include "plugin/domain/outside_text.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/domain/utf8.hpp"

#include <iconv.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <optional>

namespace hcp::province {
namespace {

struct Civil {
    int year;
    unsigned month, day;
    int hour, minute, second, ms;
};

Civil civil(domain::Instant t) {
    const auto local = t + domain::shanghai_offset;
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::milliseconds>(local - day)};
    return {int{date.year()},
            unsigned{date.month()},
            unsigned{date.day()},
            static_cast<int>(time.hours().count()),
            static_cast<int>(time.minutes().count()),
            static_cast<int>(time.seconds().count()),
            static_cast<int>(time.subseconds().count())};
}

template <class... Args>
std::string print(const char* format, Args... args) {
    std::array<char, 64> out{};
    const int n = std::snprintf(out.data(), out.size(), format, args...);
    return {out.data(), static_cast<std::size_t>(std::clamp(n, 0, 63))};
}

std::optional<std::string> from_gb18030(std::string_view bytes) {
    const iconv_t converter = iconv_open("UTF-8", "GB18030");
    if (reinterpret_cast<std::intptr_t>(converter) == -1) return std::nullopt;
    std::string out(bytes.size() * 3 + 4, '\0');  // two bytes become three, four stay four
    auto* in = const_cast<char*>(bytes.data());   // POSIX forgot the const; it is not written to
    char* to = out.data();
    std::size_t left = bytes.size(), room = out.size();
    const bool whole = iconv(converter, &in, &left, &to, &room) != static_cast<std::size_t>(-1) && left == 0;
    iconv_close(converter);
    if (!whole) return std::nullopt;
    out.resize(out.size() - room);
    return out;
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool has_long_number(std::string_view word) {
    std::size_t run = 0;
    return std::any_of(word.begin(), word.end(), [&](char c) { return (run = is_digit(c) ? run + 1 : 0) >= 6; });
}

// ０…９ are U+FF10…U+FF19.
std::string with_ascii_digits(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = [&](std::size_t k) { return k < text.size() ? static_cast<unsigned char>(text[k]) : 0u; };
        if (byte(i) == 0xEF && byte(i + 1) == 0xBC && byte(i + 2) >= 0x90 && byte(i + 2) <= 0x99) {
            out += static_cast<char>('0' + static_cast<int>(byte(i + 2) - 0x90u));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

}  // namespace

std::string stamp(domain::Instant t) {
    const auto c = civil(t);
    return print("%04d%02u%02u%02d%02d%02d", c.year, c.month, c.day, c.hour, c.minute, c.second);
}

std::string stamp_with_ms(domain::Instant t) {
    return stamp(t) + print("%03d", civil(t).ms);
}

std::string wire_time(domain::Instant t) {
    const auto c = civil(t);
    return print("%04d-%02u-%02u %02d:%02d:%02d", c.year, c.month, c.day, c.hour, c.minute, c.second);
}

std::string cut(std::string_view text, std::size_t limit) {
    if (domain::characters(text) <= limit) return std::string{text};
    if (limit == 0) return {};
    return std::string{domain::first_characters(text, limit - 1)} + "…";
}

std::string to_utf8(std::string_view bytes) {
    if (domain::is_utf8(bytes)) return std::string{bytes};
    if (auto converted = from_gb18030(bytes); converted && domain::is_utf8(*converted)) return *std::move(converted);
    std::string ascii{bytes};
    std::replace_if(
        ascii.begin(), ascii.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }, '?');
    return ascii;
}

std::string fit_for_log(std::string_view text) {
    std::string line = with_ascii_digits(to_utf8(text));
    std::replace_if(
        line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
    std::string out;
    for (std::size_t i = 0; i < line.size();) {
        std::size_t end = i;
        while (end < line.size() && is_word(line[end])) ++end;
        if (end == i) {
            out += line[i++];
            continue;
        }
        const auto word = std::string_view{line}.substr(i, end - i);
        out += has_long_number(word) ? std::string_view{"******"} : word;
        i = end;
    }
    return cut(domain::without_blanks_around(out), 120);
}

}  // namespace hcp::province
