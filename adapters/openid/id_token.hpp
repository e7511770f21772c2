#pragma once
#include "adapters/openid/signing_keys.hpp"
#include "plugin/domain/time.hpp"

#include <string>
#include <string_view>
#include <variant>

// What a provider says of who signed on: OpenID Connect Core 1.0, 2 and 3.1.3.7. Pure; takes any bytes.
namespace hcp::openid {

struct IdTokenTerms {
    std::string issuer, client_id;
    std::string claim;  // which of its claims has the staff id
    std::string nonce;  // of this attempt
};

enum class TokenFault {
    malformed,        // no signed token, or without what each has to have
    other_algorithm,  // neither RS256 nor ES256; “none” among them
    unknown_key,      // the provider may have a new one: worth asking once
    bad_signature,
    other_issuer,
    other_client,  // it is not, or not only, for us
    over,          // or not yet: one of both clocks is wrong
    other_attempt,
    no_staff_id,
};
[[nodiscard]] std::string_view text_of(TokenFault) noexcept;  // Chinese, for the log

// His staff id, as the claim has it.
[[nodiscard]] std::variant<std::string, TokenFault> staff_id_in(std::string_view token, const SigningKeys& keys,
                                                                const IdTokenTerms& terms, domain::Instant now);

}  // namespace hcp::openid
