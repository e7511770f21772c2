#include "adapters/web/own_hosts.hpp"

#include "adapters/web/authority.hpp"

#include <algorithm>

namespace hcp::web {
namespace {

std::string shown(const std::string& host) {
    return host.find(':') == std::string::npos ? host : '[' + host + ']';
}

}  // namespace

OwnHosts::OwnHosts(const ports::Url& base, const std::vector<std::string>& allowed) : base_{base} {
    for (const auto& name : allowed)
        if (const auto read = parse_authority(shown(name))) names_.push_back(read->host);
    if (const auto read = parse_authority(shown(base.host))) names_.push_back(read->host);
}

bool OwnHosts::has(std::string_view host) const {
    const auto read = parse_authority(host);
    if (!read) return false;
    // What is only for this machine is so under any of its names for itself, none of which a stranger can have.
    if (base_.is_loopback() && ports::Address{read->host, 0}.is_loopback()) return true;
    return std::ranges::find(names_, read->host) != names_.end();
}

bool OwnHosts::is_origin(std::string_view origin, std::string_view host) const {
    const auto scheme = base_.scheme + "://";
    if (!origin.starts_with(scheme)) return false;
    const auto from = parse_authority(origin.substr(scheme.size()));
    const auto ours = parse_authority(shown(base_.host));
    if (!from) return false;
    const std::uint16_t usual = base_.is_https() ? 443 : 80;
    if (ours && from->host == ours->host && from->port.value_or(usual) == base_.port) return true;
    return from == parse_authority(host) && has(host);
}

}  // namespace hcp::web
