#pragma once
#include "plugin/ports/settings.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>

// What a provider says of itself: OpenID Connect Discovery 1.0. Pure.
namespace hcp::openid {

inline constexpr std::string_view discovery_path = "/.well-known/openid-configuration";

struct Endpoint {
    ports::Url origin;   // no path
    std::string target;  // path and query
};

struct Provider {
    std::string issuer;     // as it says itself
    std::string authorize;  // as written; it may have a query of its own
    Endpoint token, keys;
    bool secret_in_body = false;  // the one way in which it takes the client's secret; otherwise by Basic
};

// An absolute address, by https, or by http to this machine alone. Nothing: any other text.
[[nodiscard]] std::optional<Endpoint> endpoint_of(std::string_view text);

// Why it does not do, in Chinese and for the log, otherwise.
[[nodiscard]] std::variant<Provider, std::string> read_provider(std::string_view json, const std::string& issuer);

}  // namespace hcp::openid
