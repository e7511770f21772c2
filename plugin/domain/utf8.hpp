#pragma once
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace hcp::domain {

// Well-formed per RFC 3629: no overlong form, no surrogate, nothing beyond U+10FFFF.
[[nodiscard]] constexpr bool is_utf8(std::string_view s) noexcept {
    const auto byte = [&](std::size_t i) { return i < s.size() ? static_cast<unsigned char>(s[i]) : 0u; };
    for (std::size_t i = 0; i < s.size();) {
        const unsigned lead = byte(i);
        const std::size_t length = lead < 0x80                   ? 1
                                   : lead >= 0xC2 && lead < 0xE0 ? 2
                                   : lead >= 0xE0 && lead < 0xF0 ? 3
                                   : lead >= 0xF0 && lead < 0xF5 ? 4
                                                                 : 0;
        if (length == 0) return false;
        for (std::size_t k = 1; k < length; ++k)
            if ((byte(i + k) & 0xC0u) != 0x80u) return false;
        const unsigned second = byte(i + 1);
        if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second >= 0xA0) || (lead == 0xF0 && second < 0x90) ||
            (lead == 0xF4 && second >= 0x90))
            return false;
        i += length;
    }
    return true;
}

// The first code point of well-formed text that is not empty, which is taken off.
[[nodiscard]] constexpr char32_t take_character(std::string_view& rest) noexcept {
    const auto lead = static_cast<unsigned char>(rest.front());
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t character = length == 1 ? lead : lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i)
        character = character << 6u | (static_cast<unsigned char>(rest[i]) & 0x3Fu);
    rest.remove_prefix(length);
    return character;
}

// The last one, which is taken off.
[[nodiscard]] constexpr char32_t take_last_character(std::string_view& rest) noexcept {
    auto begin = rest.size() - 1;
    while (begin > 0 && (static_cast<unsigned char>(rest[begin]) & 0xC0u) == 0x80u) --begin;
    auto last = rest.substr(begin);
    rest = rest.substr(0, begin);
    return take_character(last);
}

// What editors put before a text to say how it is encoded. In UTF-8 it says nothing.
[[nodiscard]] constexpr std::string_view without_mark(std::string_view text) noexcept {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    return text.starts_with(mark) ? text.substr(mark.size()) : text;
}
[[nodiscard]] constexpr bool has_utf16_mark(std::string_view text) noexcept {
    return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
}

// Code points, of well-formed text.
[[nodiscard]] constexpr std::size_t characters(std::string_view s) noexcept {
    return static_cast<std::size_t>(
        std::count_if(s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

// At most so many code points of well-formed text, from its beginning.
[[nodiscard]] constexpr std::string_view first_characters(std::string_view s, std::size_t most) noexcept {
    std::size_t count = 0;
    for (std::size_t i = 0; i < s.size(); ++i)
        if ((static_cast<unsigned char>(s[i]) & 0xC0u) != 0x80u && ++count > most) return s.substr(0, i);
    return s;
}
// The same, with a sign that there was more.
[[nodiscard]] inline std::string shortened(std::string_view s, std::size_t most) {
    const auto head = first_characters(s, most);
    return std::string{head} + (head.size() < s.size() ? "…" : "");
}
// As many whole ones as `most` bytes hold.
[[nodiscard]] constexpr std::string_view characters_within(std::string_view s, std::size_t most) noexcept {
    if (s.size() <= most) return s;
    while (most > 0 && (static_cast<unsigned char>(s[most]) & 0xC0u) == 0x80u) --most;
    return s.substr(0, most);
}

}  // namespace hcp::domain
