#pragma once
#include <algorithm>
#include <string_view>

namespace hcp::web {

[[nodiscard]] constexpr char in_small(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// As HTTP compares its own words.
[[nodiscard]] constexpr bool same_word(std::string_view a, std::string_view b) noexcept {
    return std::ranges::equal(a, b, {}, in_small, in_small);
}

}  // namespace hcp::web
