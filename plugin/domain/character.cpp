#include "plugin/domain/character.hpp"

#include <utf8proc.h>

namespace hcp::domain {
namespace {

// A pattern of no dots, which Unicode counts among the symbols.
constexpr char32_t empty_braille = 0x2800;

const utf8proc_property_t& property_of(char32_t character) noexcept {
    return *utf8proc_get_property(static_cast<utf8proc_int32_t>(character));
}

// By Unicode the property holds of whole ranges, unassigned code points included, which utf8proc's table leaves out.
bool is_ignorable(char32_t c) noexcept {
    return property_of(c).ignorable || (c >= 0xFFF0 && c <= 0xFFF8) || c == 0x2065 || (c >= 0xE0000 && c <= 0xE0FFF);
}

}  // namespace

bool is_control(char32_t character) noexcept {
    return property_of(character).category == UTF8PROC_CATEGORY_CC;
}

bool is_blank(char32_t character) noexcept {
    switch (property_of(character).category) {
        case UTF8PROC_CATEGORY_ZS:
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP:
            return true;
        default:
            return (character >= '\t' && character <= '\r') || character == 0x85;
    }
}

bool is_invisible(char32_t character) noexcept {
    return is_ignorable(character) || property_of(character).category == UTF8PROC_CATEGORY_CF ||
           character == empty_braille;
}

bool is_visible(char32_t character) noexcept {
    if (is_invisible(character)) return false;
    switch (property_of(character).category) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_ND:
        case UTF8PROC_CATEGORY_NL:
        case UTF8PROC_CATEGORY_NO:
        case UTF8PROC_CATEGORY_PC:
        case UTF8PROC_CATEGORY_PD:
        case UTF8PROC_CATEGORY_PS:
        case UTF8PROC_CATEGORY_PE:
        case UTF8PROC_CATEGORY_PI:
        case UTF8PROC_CATEGORY_PF:
        case UTF8PROC_CATEGORY_PO:
        case UTF8PROC_CATEGORY_SM:
        case UTF8PROC_CATEGORY_SC:
        case UTF8PROC_CATEGORY_SK:
        case UTF8PROC_CATEGORY_SO:
            return true;
        default:
            return false;
    }
}

}  // namespace hcp::domain
