#pragma once
#include "adapters/web/embedded.hpp"
#include "adapters/web/http.hpp"

#include <string_view>

namespace hcp::web {

// A style or a script, coded as the browser likes it best.
[[nodiscard]] Response asset_response(const Embedded& file, std::string_view accepted);

}  // namespace hcp::web
