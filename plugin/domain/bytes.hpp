#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::domain {

using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;
using Digest = std::array<std::uint8_t, 32>;  // of SM3

inline constexpr Digest no_digest{};

// Digests are uniform already: their first bytes are as good as any hash of them.
struct DigestHash {
    std::size_t operator()(const Digest& digest) const noexcept {
        std::size_t value = 0;
        std::memcpy(&value, digest.data(), sizeof value);
        return value;
    }
};

[[nodiscard]] inline View as_bytes(std::string_view text) noexcept {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
[[nodiscard]] inline std::string_view as_text(View bytes) noexcept {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Big-endian, `width` bytes from 1 to 8.
inline void put_integer(Bytes& out, std::uint64_t value, std::size_t width) {
    for (auto shift = 8 * width; shift > 0;) out.push_back(static_cast<std::uint8_t>(value >> (shift -= 8)));
}
// Takes it from the front; nothing where fewer bytes are left.
[[nodiscard]] inline std::optional<std::uint64_t> take_integer(View& bytes, std::size_t width) noexcept {
    if (bytes.size() < width) return std::nullopt;
    std::uint64_t value = 0;
    for (const auto byte : bytes.first(width)) value = value << 8 | byte;
    bytes = bytes.subspan(width);
    return value;
}

// 32-bit big-endian length, then the bytes: no two lists of fields give the same whole.
inline void put_field(Bytes& out, View bytes) {
    put_integer(out, bytes.size(), 4);
    out.insert(out.end(), bytes.begin(), bytes.end());
}
[[nodiscard]] inline std::optional<View> take_field(View& bytes) noexcept {
    auto rest = bytes;
    const auto size = take_integer(rest, 4);
    if (!size || rest.size() < *size) return std::nullopt;
    const auto field = rest.first(static_cast<std::size_t>(*size));
    bytes = rest.subspan(field.size());
    return field;
}

inline constexpr std::string_view hex_digits = "0123456789abcdef";

// Two lower-case digits a byte.
[[nodiscard]] inline std::string hex_text(View bytes) {
    std::string text;
    text.reserve(2 * bytes.size());
    for (const auto byte : bytes) {
        text += hex_digits[byte >> 4];
        text += hex_digits[byte & 15];
    }
    return text;
}
// The other way, of either case; nothing for anything else, blanks included. All of the text is looked at before a
// byte is written: of half a secret nothing stays behind in freed memory.
[[nodiscard]] inline std::optional<Bytes> bytes_from_hex(std::string_view text) {
    const auto value = [](char c) {
        return hex_digits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c);
    };
    if (text.size() % 2 != 0) return std::nullopt;
    for (const char c : text)
        if (value(c) == std::string_view::npos) return std::nullopt;
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2)
        bytes.push_back(static_cast<std::uint8_t>(value(text[i]) << 4 | value(text[i + 1])));
    return bytes;
}

inline constexpr std::string_view base64url_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// RFC 4648 section 5, without padding: 16 bytes are 22 characters that need no escaping in a link.
[[nodiscard]] inline std::string base64url_text(View bytes) {
    std::string text;
    text.reserve((4 * bytes.size() + 2) / 3);
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const auto byte : bytes) {
        bits = bits << 8 | byte;
        for (held += 8; held >= 6;) text += base64url_digits[bits >> (held -= 6) & 63];
    }
    if (held > 0) text += base64url_digits[bits << (6 - held) & 63];
    return text;
}
// The other way. Nothing for padding, for any other sign, and for bits at the end that no byte has: of one text there
// is one form.
[[nodiscard]] inline std::optional<Bytes> bytes_from_base64url(std::string_view text) {
    Bytes bytes;
    bytes.reserve(3 * text.size() / 4);
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char c : text) {
        const auto digit = base64url_digits.find(c);
        if (digit == std::string_view::npos) return std::nullopt;
        bits = bits << 6 | static_cast<std::uint32_t>(digit);
        held += 6;
        if (held < 8) continue;
        held -= 8;
        bytes.push_back(static_cast<std::uint8_t>(bits >> held));
    }
    if (held >= 6 || (bits & ((1U << held) - 1)) != 0) return std::nullopt;
    return bytes;
}

}  // namespace hcp::domain
