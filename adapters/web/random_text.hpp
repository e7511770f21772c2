#pragma once
#include <string>

namespace hcp::web {

// 128 bits from the system's generator, as 32 hexadecimal digits. Throws when there is no randomness to be had.
[[nodiscard]] std::string random_hex();

}  // namespace hcp::web
