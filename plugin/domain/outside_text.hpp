#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

// What is done to a text that comes from outside, once, at the entrance, whichever it is (E36, E37). Text is
// well-formed UTF-8 before and after, and doing it again changes nothing.
namespace hcp::domain {

// Without the blanks at both ends, of which Unicode has many, and line breaks; of what is not well-formed, those of
// ASCII.
[[nodiscard]] std::string_view without_blanks_around(std::string_view text) noexcept;
// The same for what has one line: a control, line breaks and the tab among them, is no blank.
[[nodiscard]] std::string bare_text(std::string_view text);
// And without what shows nothing: zero-width and format characters, byte order marks, marks of direction, fillers.
[[nodiscard]] std::string bare_name(std::string_view text);
[[nodiscard]] std::optional<char32_t> first_invisible(std::string_view text) noexcept;

// C0, DEL and C1; line breaks and the tab are among them.
[[nodiscard]] bool has_controls(std::string_view text) noexcept;

// A certificate number as everybody writes the same one: compatibility forms folded (NFKC), no blank within, nothing
// invisible, letters upper case. Controls stay, to be refused.
[[nodiscard]] std::string folded_number(std::string_view text);

// What a person wrote: line breaks are '\n', a tab is a blank; other controls and overrides of direction are gone, as
// are blanks at both ends.
[[nodiscard]] std::string as_written(std::string_view text);

// How many characters show something: letters, digits, punctuation, symbols.
[[nodiscard]] std::size_t visible_characters(std::string_view text) noexcept;

}  // namespace hcp::domain
