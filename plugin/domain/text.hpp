#pragma once
#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace hcp::domain {

inline constexpr std::string_view ascii_blanks = " \t\r\n";
inline constexpr std::string_view line_blanks = " \t";  // within a line

// Without the blanks at both ends.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text,
                                                 std::string_view blanks = ascii_blanks) noexcept {
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

// Without the blanks at its beginning.
[[nodiscard]] constexpr std::string_view trimmed_front(std::string_view text,
                                                       std::string_view blanks = ascii_blanks) noexcept {
    return text.substr(std::min(text.find_first_not_of(blanks), text.size()));
}

// As trimmed(), of a line in a file: of the blanks beyond ASCII the one that Chinese keyboards make. Others are hidden
// characters there, and told of.
[[nodiscard]] constexpr std::string_view trimmed_wide(std::string_view text) noexcept {
    constexpr std::string_view wide = "\u3000";
    for (;;) {
        const auto before = text.size();
        text = trimmed(text);
        if (text.starts_with(wide)) text.remove_prefix(wide.size());
        if (text.ends_with(wide)) text.remove_suffix(wide.size());
        if (text.size() == before) return text;
    }
}

// One after another, `between` between them.
template <class Texts>
[[nodiscard]] std::string joined(const Texts& texts, std::string_view between) {
    std::string all;
    bool first = true;
    for (const auto& text : texts) {
        if (!first) all += between;
        all += text;
        first = false;
    }
    return all;
}

// At every `separator`, which is not empty; an empty text has no parts.
[[nodiscard]] inline std::vector<std::string> split(std::string_view text, std::string_view separator) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + separator.size());
        if (text.empty()) parts.emplace_back();
    }
    return parts;
}
[[nodiscard]] inline std::vector<std::string> split(std::string_view text, char separator) {
    return split(text, std::string_view{&separator, 1});
}

// Before and after the first `separator`; where there is none, all of it and nothing.
[[nodiscard]] constexpr std::pair<std::string_view, std::string_view> parted(std::string_view text,
                                                                             std::string_view separator) noexcept {
    const auto at = text.find(separator);
    if (at == std::string_view::npos) return {text, {}};
    return {text.substr(0, at), text.substr(at + separator.size())};
}

[[nodiscard]] constexpr bool all_digits(std::string_view text) noexcept {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// The decimal number that is all of the text, with "-" where Int has it; nothing for anything else, such as "+1", " 1"
// or what Int cannot hold.
template <class Int>
[[nodiscard]] std::optional<Int> whole_number(std::string_view text) noexcept {
    Int value{};
    const auto* const end = text.data() + text.size();
    const auto [read_to, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || read_to != end) return std::nullopt;
    return value;
}

}  // namespace hcp::domain
