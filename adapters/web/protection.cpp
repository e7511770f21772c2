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

bool from_our_own_page(const Request& request, const ports::Url& base) {
    if (!request.fetch_site.empty()) return request.fetch_site == "same-origin" || request.fetch_site == "none";
    if (request.origin.empty() || request.origin == "null") return true;
    const auto scheme = base.scheme + "://";
    if (!request.origin.starts_with(scheme)) return false;
    const auto authority = std::string_view{request.origin}.substr(scheme.size());
    const auto shown_host = base.host.find(':') == std::string::npos ? base.host : '[' + base.host + ']';
    return authority == request.host || authority == shown_host ||
           authority == shown_host + ':' + std::to_string(base.port);
}

}  // namespace hcp::web
