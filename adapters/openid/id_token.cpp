#include "adapters/openid/id_token.hpp"

#include "adapters/openid/members.hpp"
#include "plugin/domain/bytes.hpp"

#include <chrono>
#include <cmath>

namespace hcp::openid {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr std::size_t longest_token = std::size_t{64} * 1024, longest_staff_id = 64;
constexpr auto clocks_differ_by = 60s;

std::optional<std::string> decoded(std::string_view part) {
    const auto bytes = domain::bytes_from_base64url(part);
    if (!bytes || bytes->empty()) return std::nullopt;
    return std::string{bytes->begin(), bytes->end()};
}

std::optional<json::object> object_in(std::string_view part) {
    const auto text = decoded(part);
    return text ? object_of(*text) : std::nullopt;
}

// A NumericDate (RFC 7519, 2): seconds, which may have a fraction.
std::optional<domain::Instant> time_in(const json::object& object, std::string_view name) {
    const auto* const value = object.if_contains(name);
    if (!value || !value->is_number()) return std::nullopt;
    const auto seconds = value->to_number<double>();
    if (!std::isfinite(seconds) || seconds < 0 || seconds > 1e11) return std::nullopt;
    return domain::Instant{std::chrono::seconds{static_cast<std::int64_t>(seconds)}};
}

bool is_for(const json::object& claims, std::string_view client) {
    const auto* const audience = claims.if_contains("aud");
    if (!audience) return false;
    if (audience->is_string()) return audience->get_string() == client;
    const auto* const several = audience->if_array();
    if (!several) return false;
    bool among = false;
    for (const auto& one : *several) among = among || (one.is_string() && one.get_string() == client);
    // 3.1.3.7, 4: of several, who may use it has to be named.
    return among && (several->size() == 1 || text_in(claims, "azp") == client);
}

std::variant<std::string, TokenFault> claimed(const json::object& claims, const IdTokenTerms& terms,
                                              domain::Instant now) {
    if (text_in(claims, "iss") != terms.issuer) return TokenFault::other_issuer;
    if (!is_for(claims, terms.client_id)) return TokenFault::other_client;
    if (const auto azp = text_in(claims, "azp"); azp && *azp != terms.client_id) return TokenFault::other_client;
    const auto expires = time_in(claims, "exp"), issued = time_in(claims, "iat");
    if (!expires || !issued) return TokenFault::malformed;
    if (*expires <= now - clocks_differ_by || *issued > now + clocks_differ_by) return TokenFault::over;
    if (text_in(claims, "nonce") != terms.nonce) return TokenFault::other_attempt;
    const auto staff_id = text_in(claims, terms.claim);
    if (!staff_id || staff_id->empty() || staff_id->size() > longest_staff_id) return TokenFault::no_staff_id;
    return std::string{*staff_id};
}

}  // namespace

std::string_view text_of(TokenFault fault) noexcept {
    switch (fault) {
        case TokenFault::malformed:
            return "令牌格式不对";
        case TokenFault::other_algorithm:
            return "令牌的签名算法不是 RS256 或 ES256：在认证平台为本应用改用其中之一";
        case TokenFault::unknown_key:
            return "令牌的签名密钥不在认证平台公布的密钥中";
        case TokenFault::bad_signature:
            return "令牌的签名不对";
        case TokenFault::other_issuer:
            return "令牌不是由 issuer 所指的认证平台签发：核对 [openid] issuer";
        case TokenFault::other_client:
            return "令牌不是发给本应用的：核对 [openid] client_id";
        case TokenFault::over:
            return "令牌已过期或尚未生效：核对本机与认证平台的时钟";
        case TokenFault::other_attempt:
            return "令牌不属于这一次登录";
        case TokenFault::no_staff_id:
            return "令牌中没有工号：核对 [openid] staff_claim，并在认证平台把它放进 ID 令牌";
    }
    return "";
}

std::variant<std::string, TokenFault> staff_id_in(std::string_view token, const SigningKeys& keys,
                                                  const IdTokenTerms& terms, domain::Instant now) {
    if (token.size() > longest_token) return TokenFault::malformed;
    const auto head_end = token.find('.');
    const auto words_end = token.rfind('.');
    if (head_end == std::string_view::npos || head_end == words_end) return TokenFault::malformed;
    const auto header = object_in(token.substr(0, head_end));
    const auto claims = object_in(token.substr(head_end + 1, words_end - head_end - 1));
    if (!header || !claims || header->contains("crit")) return TokenFault::malformed;
    const auto named = text_in(*header, "alg");
    if (named != "RS256" && named != "ES256") return TokenFault::other_algorithm;
    const auto algorithm = named == "RS256" ? Algorithm::rs256 : Algorithm::es256;
    const auto signature = decoded(token.substr(words_end + 1));
    if (!signature) return TokenFault::malformed;
    auto* const key = keys.find(algorithm, text_in(*header, "kid"));
    if (!key) return TokenFault::unknown_key;
    if (!is_signed(key, algorithm, token.substr(0, words_end), *signature)) return TokenFault::bad_signature;
    return claimed(*claims, terms, now);
}

}  // namespace hcp::openid
