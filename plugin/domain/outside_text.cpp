#include "plugin/domain/outside_text.hpp"

#include "plugin/domain/character.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/domain/utf8.hpp"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>
#include <new>

namespace hcp::domain {
namespace {

// ASCII that prints, as most identifiers are: they need no further look.
bool is_plain(std::string_view text) {
    unsigned char outside = 0;
    for (const char ch : text) {  // without a branch, so that it is done many bytes at a time
        const auto c = static_cast<unsigned char>(ch);
        outside |= static_cast<unsigned char>(static_cast<unsigned char>(c - 0x20u) > 0x7Eu - 0x20u);
    }
    return outside == 0;
}

// The text without the characters for which `leave_out` holds.
template <class LeaveOut>
std::string without(std::string_view text, LeaveOut leave_out) {
    std::string left;
    left.reserve(text.size());
    while (!text.empty()) {
        const auto before = text;
        const auto character = take_character(text);
        if (!leave_out(character)) left.append(before.substr(0, before.size() - text.size()));
    }
    return left;
}

std::string folded_once(std::string_view text) {
    const auto bare = without(text, [](char32_t c) { return is_invisible(c) || (is_blank(c) && !is_control(c)); });
    utf8proc_uint8_t* made = nullptr;
    const auto size = utf8proc_map_custom(
        reinterpret_cast<const utf8proc_uint8_t*>(bare.data()), static_cast<utf8proc_ssize_t>(bare.size()), &made,
        static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT),
        [](utf8proc_int32_t c, void*) { return utf8proc_toupper(c); }, nullptr);
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned{made, std::free};
    if (size < 0) throw std::bad_alloc{};  // well-formed text fails for nothing else
    return {reinterpret_cast<const char*>(made), static_cast<std::size_t>(size)};
}

template <class Blank>
std::string_view between_blanks(std::string_view text, Blank blank) noexcept {
    for (auto rest = text; !rest.empty() && blank(take_character(rest));) text = rest;
    for (auto rest = text; !rest.empty() && blank(take_last_character(rest));) text = rest;
    return text;
}

// U+202A to U+202E, U+2066 to U+2069.
bool overrides_direction(char32_t c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace

std::string_view without_blanks_around(std::string_view text) noexcept {
    if (!is_utf8(text)) return trimmed(text);  // of whom it comes from we only know that it is no text
    return between_blanks(text, is_blank);
}

std::string bare_text(std::string_view text) {
    return std::string{between_blanks(text, [](char32_t c) { return is_blank(c) && !is_control(c); })};
}

std::string bare_name(std::string_view text) {
    if (is_plain(text)) return bare_text(text);
    return bare_text(without(text, is_invisible));
}

std::optional<char32_t> first_invisible(std::string_view text) noexcept {
    if (is_plain(text)) return std::nullopt;
    while (!text.empty())
        if (const auto character = take_character(text); is_invisible(character)) return character;
    return std::nullopt;
}

bool has_controls(std::string_view text) noexcept {
    if (is_plain(text)) return false;
    while (!text.empty())
        if (is_control(take_character(text))) return true;
    return false;
}

// Folding may bring forth what is folded in turn: until nothing changes, which takes two rounds, seldom three.
std::string folded_number(std::string_view text) {
    if (is_plain(text)) {
        std::string folded;
        folded.reserve(text.size());
        for (const char c : text)
            if (c != ' ') folded += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        return folded;
    }
    auto folded = folded_once(text);
    for (auto again = folded_once(folded); again != folded; again = folded_once(folded)) folded = std::move(again);
    return folded;
}

std::string as_written(std::string_view text) {
    std::string lines;
    lines.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r') {
            lines += '\n';
            if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
        } else {
            lines += text[i] == '\t' ? ' ' : text[i];
        }
    }
    const auto kept = without(lines, [](char32_t c) { return (is_control(c) && c != '\n') || overrides_direction(c); });
    return std::string{without_blanks_around(kept)};
}

std::size_t visible_characters(std::string_view text) noexcept {
    std::size_t count = 0;
    while (!text.empty()) count += is_visible(take_character(text)) ? 1 : 0;
    return count;
}

}  // namespace hcp::domain
