#include "adapters/openid/discovery.hpp"
#include "adapters/openid/id_token.hpp"
#include "tests/openid/signer.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// Whatever a provider, or whoever stands in its place, says: nobody is known by a token that its key has not signed,
// and nothing is asked of an address that is neither https nor this machine.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace hcp;
    using namespace hcp::openid;
    static const test::Signer rsa{"RSA", "k1"}, ec{"EC", "k2"};
    static const auto keys = *SigningKeys::read(test::key_set({rsa.public_key(), ec.public_key()}));
    static const IdTokenTerms terms{"https://idp.example.cn", "haochaping", "sub", "n"};
    if (size < 1) return 0;
    const std::string text{reinterpret_cast<const char*>(data) + 1, size - 1};
    // As it came, or behind a head and before a signature that are well-formed.
    const auto token = data[0] % 2 == 0
                           ? text
                           : domain::base64url_text(ports::as_bytes(R"({"alg":"RS256","kid":"k1"})")) + '.' +
                                 domain::base64url_text(ports::as_bytes(text)) + '.' + std::string(342, 'A');
    if (std::holds_alternative<std::string>(staff_id_in(token, keys, terms, domain::Instant{}))) std::abort();
    (void)SigningKeys::read(text);
    if (const auto endpoint = endpoint_of(text))
        if (!endpoint->origin.is_https() && !endpoint->origin.is_loopback()) std::abort();
    (void)read_provider(text, terms.issuer);
    return 0;
}
