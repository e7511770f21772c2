#include "adapters/openid/signing_keys.hpp"

#include "adapters/openid/members.hpp"
#include "plugin/domain/bytes.hpp"
#include "plugin/run/openssl_library.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/param_build.h>

#include <algorithm>

namespace hcp::openid {
namespace {

namespace json = boost::json;
using domain::Bytes;
using run::ErrorScope;
using run::Handle;
using run::openssl_library;

using Number = Handle<BIGNUM, BN_free>;
using Key = Handle<EVP_PKEY, EVP_PKEY_free>;

constexpr int least_rsa_bits = 2048, most_rsa_bits = 8192;
constexpr std::size_t coordinate_bytes = 32;

std::optional<Bytes> bytes_in(const json::object& object, std::string_view name) {
    auto bytes = domain::bytes_from_base64url(text_in(object, name).value_or(""));
    if (!bytes || bytes->empty()) return std::nullopt;
    return bytes;
}

Number number_of(const Bytes& bytes) {
    return Number{BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr)};
}

Key made(const char* type, OSSL_PARAM_BLD* parts) {
    const Handle<OSSL_PARAM, OSSL_PARAM_free> params{OSSL_PARAM_BLD_to_param(parts)};
    const Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context{EVP_PKEY_CTX_new_from_name(openssl_library(), type, nullptr)};
    EVP_PKEY* key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
        return nullptr;
    return Key{key};
}

Key rsa_key(const json::object& jwk) {
    const auto modulus = bytes_in(jwk, "n"), exponent = bytes_in(jwk, "e");
    if (!modulus || !exponent || modulus->size() > most_rsa_bits / 8 || exponent->size() > 8) return nullptr;
    const auto n = number_of(*modulus), e = number_of(*exponent);
    const Handle<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> parts{OSSL_PARAM_BLD_new()};
    if (!n || !e || !parts || !OSSL_PARAM_BLD_push_BN(parts.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) ||
        !OSSL_PARAM_BLD_push_BN(parts.get(), OSSL_PKEY_PARAM_RSA_E, e.get()))
        return nullptr;
    auto key = made("RSA", parts.get());
    if (!key || EVP_PKEY_get_bits(key.get()) < least_rsa_bits) return nullptr;
    return key;
}

Key p256_key(const json::object& jwk) {
    const auto x = bytes_in(jwk, "x"), y = bytes_in(jwk, "y");
    if (text_in(jwk, "crv") != "P-256" || !x || !y || x->size() != coordinate_bytes || y->size() != coordinate_bytes)
        return nullptr;
    Bytes point{4};  // uncompressed
    point.insert(point.end(), x->begin(), x->end());
    point.insert(point.end(), y->begin(), y->end());
    const Handle<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> parts{OSSL_PARAM_BLD_new()};
    if (!parts || !OSSL_PARAM_BLD_push_utf8_string(parts.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) ||
        !OSSL_PARAM_BLD_push_octet_string(parts.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()))
        return nullptr;
    return made("EC", parts.get());
}

// A token has both numbers one behind the other; OpenSSL takes them in DER.
std::optional<Bytes> der_of(std::string_view signature) {
    if (signature.size() != 2 * coordinate_bytes) return std::nullopt;
    const auto* const raw = reinterpret_cast<const unsigned char*>(signature.data());
    const Handle<ECDSA_SIG, ECDSA_SIG_free> pair{ECDSA_SIG_new()};
    Number r{BN_bin2bn(raw, coordinate_bytes, nullptr)},
        s{BN_bin2bn(raw + coordinate_bytes, coordinate_bytes, nullptr)};
    if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r.get(), s.get()) != 1) return std::nullopt;
    (void)r.release();
    (void)s.release();
    unsigned char* der = nullptr;
    const int length = i2d_ECDSA_SIG(pair.get(), &der);
    if (length <= 0) return std::nullopt;
    Bytes bytes(der, der + length);
    OPENSSL_free(der);
    return bytes;
}

}  // namespace

std::optional<SigningKeys> SigningKeys::read(std::string_view text) {
    const ErrorScope scope;
    const auto set = object_of(text);
    const auto* const listed = set ? list_in(*set, "keys") : nullptr;
    if (!listed) return std::nullopt;
    SigningKeys out;
    for (const auto& one : *listed) {
        const auto* const jwk = one.if_object();
        if (!jwk || (jwk->contains("use") && text_in(*jwk, "use") != "sig")) continue;
        const auto type = text_in(*jwk, "kty"), named = text_in(*jwk, "alg");
        const bool rsa = type == "RSA" && (!named || named == "RS256");
        const bool ec = type == "EC" && (!named || named == "ES256");
        if (!rsa && !ec) continue;
        if (auto key = rsa ? rsa_key(*jwk) : p256_key(*jwk))
            out.keys_.push_back({std::string{text_in(*jwk, "kid").value_or("")},
                                 rsa ? Algorithm::rs256 : Algorithm::es256, std::move(key)});
    }
    return out;
}

EVP_PKEY* SigningKeys::find(Algorithm algorithm, std::optional<std::string_view> id) const noexcept {
    EVP_PKEY* found = nullptr;
    for (const auto& one : keys_) {
        if (one.algorithm != algorithm || (id && one.id != *id)) continue;
        if (found) return nullptr;  // which of them, nobody says
        found = one.key.get();
    }
    return found;
}

bool is_signed(EVP_PKEY* key, Algorithm algorithm, std::string_view words, std::string_view signature) {
    const ErrorScope scope;
    Bytes proof{signature.begin(), signature.end()};
    if (algorithm == Algorithm::es256) {
        auto der = der_of(signature);
        if (!der) return false;
        proof = std::move(*der);
    }
    const Handle<EVP_MD_CTX, EVP_MD_CTX_free> context{EVP_MD_CTX_new()};
    return context &&
           EVP_DigestVerifyInit_ex(context.get(), nullptr, "SHA256", openssl_library(), nullptr, key, nullptr) == 1 &&
           EVP_DigestVerify(context.get(), proof.data(), proof.size(),
                            reinterpret_cast<const unsigned char*>(words.data()), words.size()) == 1;
}

}  // namespace hcp::openid
