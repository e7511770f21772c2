#pragma once
#include <string>

namespace hcp::test {

// A code point as text.
inline std::string utf8_of(char32_t c) {
    std::string out;
    if (c < 0x80) return out += static_cast<char>(c);
    if (c >= 0x10000) out += static_cast<char>(0xF0 | c >> 18);
    if (c >= 0x800) out += static_cast<char>(c >= 0x10000 ? 0x80 | (c >> 12 & 0x3F) : 0xE0 | c >> 12);
    out += static_cast<char>(c >= 0x800 ? 0x80 | (c >> 6 & 0x3F) : 0xC0 | c >> 6);
    return out += static_cast<char>(0x80 | (c & 0x3F));
}

}  // namespace hcp::test
