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

// Two lower-case digits a byte.
[[nodiscard]] inline std::string hex_text(View bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const auto byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

}  // namespace hcp::domain
