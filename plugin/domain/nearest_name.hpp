#pragma once
#include <cstddef>
#include <span>
#include <string_view>

namespace hcp::domain {

// Of names that are known, the one that a misspelt word was most likely meant to be: the fewest letters put in, left
// out or changed, if they are fewer than `limit`; the first of several. Empty when none is that near. Letters are
// bytes: these are the names of keys and sections.
[[nodiscard]] std::string_view nearest_name(std::string_view word, std::span<const std::string_view> known,
                                            std::size_t limit);

}  // namespace hcp::domain
