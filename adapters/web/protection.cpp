#include "adapters/web/protection.hpp"

namespace hcp::web {

void protect(Response& response, bool https) {
    auto& headers = response.headers;
    headers.emplace_back("Content-Security-Policy", content_security_policy);
    headers.emplace_back("Referrer-Policy", "no-referrer");
    headers.emplace_back("X-Content-Type-Options", "nosniff");
    if (https) headers.emplace_back("Strict-Transport-Security", "max-age=31536000");
    if (response.header("Cache-Control") == nullptr) headers.emplace_back("Cache-Control", "no-store");
}

bool from_our_own_page(const Request& request, const OwnHosts& own) {
    if (!request.fetch_site.empty()) return request.fetch_site == "same-origin" || request.fetch_site == "none";
    return request.origin.empty() || request.origin == "null" || own.is_origin(request.origin, request.host);
}

}  // namespace hcp::web
