#pragma once
#include "plugin/domain/bytes.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/run/openssl_handle.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <boost/json.hpp>

#include <initializer_list>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace hcp::test {

// A provider's key, and tokens signed with it: what the token says of itself is the test's to choose.
class Signer {
public:
    Signer(std::string type, std::string id, unsigned bits = 2048)
        : type_{std::move(type)},
          id_{std::move(id)},
          key_{type_ == "RSA" ? EVP_RSA_gen(bits) : EVP_EC_gen("prime256v1")} {
        if (!key_) throw std::runtime_error{"no key"};
    }

    [[nodiscard]] boost::json::object public_key() const {
        if (type_ == "RSA")
            return {{"kty", "RSA"}, {"kid", id_}, {"use", "sig"}, {"n", number("n")}, {"e", number("e")}};
        return {{"kty", "EC"}, {"kid", id_}, {"crv", "P-256"}, {"x", number("qx", 32)}, {"y", number("qy", 32)}};
    }
    [[nodiscard]] std::string token(const boost::json::value& claims) const {
        return token(claims, {{"alg", type_ == "RSA" ? "RS256" : "ES256"}, {"kid", id_}});
    }
    [[nodiscard]] std::string token(const boost::json::value& claims, const boost::json::object& head) const {
        const auto words = part(boost::json::serialize(head)) + '.' + part(boost::json::serialize(claims));
        return words + '.' + part(signature(words));
    }

private:
    static std::string part(std::string_view text) { return domain::base64url_text(ports::as_bytes(text)); }

    [[nodiscard]] std::string number(const char* name, int width = 0) const {
        BIGNUM* raw = nullptr;
        if (EVP_PKEY_get_bn_param(key_.get(), name, &raw) != 1) throw std::runtime_error{name};
        const run::Handle<BIGNUM, BN_free> value{raw};
        std::string bytes(static_cast<std::size_t>(width > 0 ? width : BN_num_bytes(raw)), '\0');
        BN_bn2binpad(raw, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
        return part(bytes);
    }

    [[nodiscard]] std::string signature(std::string_view words) const {
        const run::Handle<EVP_MD_CTX, EVP_MD_CTX_free> context{EVP_MD_CTX_new()};
        std::size_t length = 0;
        const auto* const from = reinterpret_cast<const unsigned char*>(words.data());
        EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get());
        EVP_DigestSign(context.get(), nullptr, &length, from, words.size());
        std::string proof(length, '\0');
        auto* const to = reinterpret_cast<unsigned char*>(proof.data());
        if (EVP_DigestSign(context.get(), to, &length, from, words.size()) != 1) throw std::runtime_error{"not signed"};
        proof.resize(length);
        if (type_ == "RSA") return proof;
        const auto* der = to;
        const run::Handle<ECDSA_SIG, ECDSA_SIG_free> pair{d2i_ECDSA_SIG(nullptr, &der, static_cast<long>(length))};
        std::string both(64, '\0');
        auto* const raw = reinterpret_cast<unsigned char*>(both.data());
        BN_bn2binpad(ECDSA_SIG_get0_r(pair.get()), raw, 32);
        BN_bn2binpad(ECDSA_SIG_get0_s(pair.get()), raw + 32, 32);
        return both;
    }

    std::string type_, id_;
    run::Handle<EVP_PKEY, EVP_PKEY_free> key_;
};

[[nodiscard]] inline std::string key_set(std::initializer_list<boost::json::object> keys) {
    boost::json::array all;
    for (const auto& key : keys) all.push_back(key);
    return boost::json::serialize(boost::json::object{{"keys", std::move(all)}});
}

}  // namespace hcp::test
