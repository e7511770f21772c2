#pragma once
#include <string_view>

namespace hcp::web {

// The coding that the answer to this Accept-Encoding is best sent in: "br", "gzip", or empty for none (RFC 9110). A
// coding is only taken when it is named, and not with a weight of zero.
[[nodiscard]] std::string_view best_coding(std::string_view accepted) noexcept;

}  // namespace hcp::web
