#pragma once

// What a code point is, by Unicode.
namespace hcp::domain {

// C0, DEL, C1.
[[nodiscard]] bool is_control(char32_t) noexcept;
// A control that ends a line or moves along one, too.
[[nodiscard]] bool is_blank(char32_t) noexcept;
// Shows nothing and is neither a blank nor a control.
[[nodiscard]] bool is_invisible(char32_t) noexcept;
// A letter, digit, punctuation mark or symbol that shows.
[[nodiscard]] bool is_visible(char32_t) noexcept;

}  // namespace hcp::domain
