#pragma once
#include <cstdint>
#include <string_view>

namespace hcp::store {

// What `#name` stands for in a statement. Throws std::logic_error where there is no such name.
[[nodiscard]] std::int64_t code(std::string_view name);

}  // namespace hcp::store
