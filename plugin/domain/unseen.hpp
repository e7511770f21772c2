#pragma once
#include <optional>
#include <string>
#include <string_view>

// Two texts that look alike and are not: what comes along when a value is copied from a web page or a document.
namespace hcp::domain {

// The first character of well-formed text that shows nothing, or shows as a blank that no keyboard makes: zero-width
// and format characters, bidi marks, byte order marks, fillers, no-break and typographic blanks. The ideographic blank,
// which Chinese keyboards do make, is none; nor are the controls of ASCII, which every reader judges by itself.
[[nodiscard]] std::optional<char32_t> first_unseen(std::string_view text) noexcept;

// "U+200B", for whoever has to find it.
[[nodiscard]] std::string code_point_text(char32_t character);

// The controls of ASCII, the tab and the line ends among them.
[[nodiscard]] constexpr bool is_control(char c) noexcept {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

}  // namespace hcp::domain
