#pragma once
#include <array>
#include <cstddef>

namespace hcp::store {

// Where statements are prepared, lists are cut into parts of these sizes, so that few are.
inline constexpr std::array<std::size_t, 3> list_sizes{1, 16, 256};

// How many parameters the next part of a list has, of which so many keys are left; 0 where there is no list.
[[nodiscard]] constexpr std::size_t part_of_list(std::size_t left) {
    if (left == 0) return 0;
    for (const auto size : list_sizes)
        if (size >= left) return size;
    return list_sizes.back();
}

}  // namespace hcp::store
