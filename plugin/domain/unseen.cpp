#include "plugin/domain/unseen.hpp"

#include "plugin/domain/character.hpp"
#include "plugin/domain/utf8.hpp"

#include <array>
#include <cstdio>

namespace hcp::domain {

std::optional<char32_t> first_unseen(std::string_view text) noexcept {
    while (!text.empty()) {
        const auto character = take_character(text);
        const bool no_key_makes_it = is_blank(character) && character != U'\u3000';
        if (character > 0x7F && (is_control(character) || is_invisible(character) || no_key_makes_it)) return character;
    }
    return std::nullopt;
}

std::string code_point_text(char32_t character) {
    std::array<char, 16> text{};
    (void)std::snprintf(text.data(), text.size(), "U+%04X", static_cast<unsigned>(character));
    return text.data();
}

}  // namespace hcp::domain
