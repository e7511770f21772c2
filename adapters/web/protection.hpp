#pragma once
#include "adapters/web/http.hpp"
#include "adapters/web/own_hosts.hpp"

#include <string_view>

namespace hcp::web {

inline constexpr std::string_view content_security_policy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action "
    "'self'; "
    "frame-ancestors 'self'; base-uri 'none'";

// Headers of every answer to people. `https`: people reach us by TLS, ours or a proxy's.
void protect(Response& response, bool https);

// A change must come from our own page. Where neither header says where it comes from, or Origin is "null" (as our own
// referrer policy makes it in browsers that do not know Sec-Fetch-Site), the link's secret alone must do.
[[nodiscard]] bool from_our_own_page(const Request& request, const OwnHosts& own);

}  // namespace hcp::web
