#include "plugin/domain/unseen.hpp"

#include "plugin/domain/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace hcp::domain {
namespace {

struct Range {
    char32_t first, last;
};

// Unicode's Cc beyond ASCII, Cf, Zs but for U+0020 and U+3000, Zl, Zp, and what its Default_Ignorable_Code_Point adds.
constexpr std::array unseen{
    Range{0x80, 0xA0},       Range{0xAD, 0xAD},       Range{0x34F, 0x34F},     Range{0x600, 0x605},
    Range{0x61C, 0x61C},     Range{0x6DD, 0x6DD},     Range{0x70F, 0x70F},     Range{0x890, 0x891},
    Range{0x8E2, 0x8E2},     Range{0x115F, 0x1160},   Range{0x1680, 0x1680},   Range{0x17B4, 0x17B5},
    Range{0x180B, 0x180F},   Range{0x2000, 0x200F},   Range{0x2028, 0x202F},   Range{0x205F, 0x206F},
    Range{0x3164, 0x3164},   Range{0xFE00, 0xFE0F},   Range{0xFEFF, 0xFEFF},   Range{0xFFA0, 0xFFA0},
    Range{0xFFF0, 0xFFFB},   Range{0x110BD, 0x110BD}, Range{0x110CD, 0x110CD}, Range{0x13430, 0x1343F},
    Range{0x1BCA0, 0x1BCA3}, Range{0x1D173, 0x1D17A}, Range{0xE0000, 0xE0FFF}};

}  // namespace

std::optional<char32_t> first_unseen(std::string_view text) noexcept {
    while (!text.empty()) {
        const auto character = take_character(text);
        if (std::any_of(unseen.begin(), unseen.end(),
                        [=](const Range& r) { return r.first <= character && character <= r.last; }))
            return character;
    }
    return std::nullopt;
}

std::string code_point_text(char32_t character) {
    std::array<char, 16> text{};
    (void)std::snprintf(text.data(), text.size(), "U+%04X", static_cast<unsigned>(character));
    return text.data();
}

}  // namespace hcp::domain
