#pragma once
#include "plugin/run/openssl_handle.hpp"

#include <openssl/evp.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::openid {

enum class Algorithm { rs256, es256 };  // RFC 7518, 3.1

// A provider's keys (RFC 7517), of those that verify by an algorithm above: RSA of 2048 to 8192 bits, and P-256.
// Others, and those that are not for signatures, are passed over.
class SigningKeys {
public:
    // Nothing: the text is no set of keys.
    [[nodiscard]] static std::optional<SigningKeys> read(std::string_view json);

    // The key of that name; for a token that names none the only one of its algorithm. Null: there is none.
    [[nodiscard]] EVP_PKEY* find(Algorithm algorithm, std::optional<std::string_view> id) const noexcept;
    [[nodiscard]] bool empty() const noexcept { return keys_.empty(); }

private:
    struct Key {
        std::string id;
        Algorithm algorithm;
        run::Handle<EVP_PKEY, EVP_PKEY_free> key;
    };
    std::vector<Key> keys_;
};

// Whether `signature`, as a token has it, is that key's of these words.
[[nodiscard]] bool is_signed(EVP_PKEY* key, Algorithm algorithm, std::string_view words, std::string_view signature);

}  // namespace hcp::openid
