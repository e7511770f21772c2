#include "adapters/openid/discovery.hpp"

#include "adapters/openid/members.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>

namespace hcp::openid {
namespace {

namespace json = boost::json;

// What is not said is left to the defaults of the standard.
bool offers(const json::object& object, std::string_view name, std::string_view wanted, bool unsaid) {
    const auto* const several = list_in(object, name);
    if (!several) return unsaid;
    return std::ranges::any_of(*several,
                               [&](const auto& one) { return one.is_string() && one.get_string() == wanted; });
}

}  // namespace

std::optional<Endpoint> endpoint_of(std::string_view text) {
    // Boost.URL 1.81 asserts on some of what stands behind a scheme alone.
    if (!text.starts_with("https://") && !text.starts_with("http://")) return std::nullopt;
    if (!std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7F; })) return std::nullopt;
    const auto read = boost::urls::parse_uri(text);
    if (!read || read->has_userinfo() || read->has_fragment() || read->host().empty()) return std::nullopt;
    Endpoint out;
    auto& origin = out.origin;
    origin.scheme = std::string{read->scheme()};
    origin.host = read->host_type() == boost::urls::host_type::ipv6 ? read->host_address() : read->host();
    origin.port = read->has_port() ? read->port_number() : origin.is_https() ? 443 : 80;
    origin.text = std::string{read->encoded_origin()};
    out.target = std::string{read->encoded_target()};
    if (out.target.empty() || out.target.starts_with('?')) out.target.insert(0, "/");
    if (!out.target.starts_with('/')) return std::nullopt;  // it takes "http://a:80b" for port 80 and path "b"
    if (!origin.is_https() && !(origin.scheme == "http" && origin.is_loopback())) return std::nullopt;
    return out;
}

std::variant<Provider, std::string> read_provider(std::string_view text, const std::string& issuer) {
    const auto said = object_of(text);
    if (!said) return "它在 " + std::string{discovery_path} + " 的答复不是 JSON 对象：核对 [openid] issuer";
    // 4.3: exactly, or one provider could speak for another. An address of ours has lost the “/” at its end.
    const std::string says{text_in(*said, "issuer").value_or("")};
    if (says != issuer && says != issuer + '/')
        return "它自称的 issuer 与配置的不同：把 [openid] issuer 改为它自称的那个，一字不差";
    Provider out;
    out.issuer = says;
    out.authorize = text_in(*said, "authorization_endpoint").value_or("");
    auto token = endpoint_of(text_in(*said, "token_endpoint").value_or("")),
         keys = endpoint_of(text_in(*said, "jwks_uri").value_or(""));
    if (!endpoint_of(out.authorize) || !token || !keys)
        return "它没有给出 https 的 authorization_endpoint、token_endpoint 和 jwks_uri";
    if (!offers(*said, "response_types_supported", "code", true)) return "它不支持授权码流程（code）";
    if (!offers(*said, "code_challenge_methods_supported", "S256", true)) return "它不支持 PKCE 的 S256";
    out.token = std::move(*token);
    out.keys = std::move(*keys);
    constexpr std::string_view ways = "token_endpoint_auth_methods_supported";
    out.secret_in_body =
        !offers(*said, ways, "client_secret_basic", true) && offers(*said, ways, "client_secret_post", false);
    return out;
}

}  // namespace hcp::openid
