#pragma once
#include "plugin/domain/time.hpp"

#include <string>

namespace hcp::web {

// As HTTP writes an instant (RFC 9110 5.6.7): whole seconds of GMT, whatever the host's zone and language.
[[nodiscard]] std::string http_date(domain::Instant at);

}  // namespace hcp::web
