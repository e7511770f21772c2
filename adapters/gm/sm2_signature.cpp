#include "adapters/gm/sm2_signature.hpp"

#include <openssl/core_names.h>
#include <openssl/params.h>

namespace hcp::gm {
namespace {

using ports::crypto_errc;

// Both initialisers have this type.
using Init = int (*)(EVP_MD_CTX*, EVP_PKEY_CTX**, const char*, OSSL_LIB_CTX*, const char*, EVP_PKEY*,
                     const OSSL_PARAM[]);

MdCtx started(Init init, EVP_PKEY* key, std::string_view id) {
    MdCtx context{EVP_MD_CTX_new()};
    // OSSL_PARAM takes no const; OpenSSL only reads.
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_DIST_ID, const_cast<char*>(id.data()), id.size()),
        OSSL_PARAM_construct_end()};
    if (!context || init(context.get(), nullptr, "SM3", nullptr, nullptr, key, params) != 1) return nullptr;
    return context;
}

}  // namespace

bool Sm2Verifier::verify(View message, View signature) const {
    const ErrorScope quiet;
    const auto context = started(EVP_DigestVerifyInit_ex, key_.get(), id_);
    return context &&
           EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(), message.size()) == 1;
}

ports::result<Bytes> Sm2Signer::sign(View message) const {
    const ErrorScope quiet;
    const auto context = started(EVP_DigestSignInit_ex, key_.get(), id_);
    std::size_t size = 0;
    if (!context || EVP_DigestSign(context.get(), nullptr, &size, message.data(), message.size()) != 1)
        return crypto_errc::unavailable;
    Bytes signature(size);
    if (EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size()) != 1)
        return crypto_errc::unavailable;
    signature.resize(size);
    return signature;
}

}  // namespace hcp::gm
