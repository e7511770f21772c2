#include "adapters/gm/sm2_signature.hpp"

namespace hcp::gm {
namespace {

using ports::crypto_errc;

// Both initialisers have this type.
using Init = int (*)(EVP_MD_CTX*, EVP_PKEY_CTX**, const char*, OSSL_LIB_CTX*, const char*, EVP_PKEY*,
                     const OSSL_PARAM[]);

// The identity follows the initialisation: given to it as a parameter, OpenSSL 3.0 refuses, without a reason.
MdCtx started(Init init, EVP_PKEY* key, std::string_view id) {
    MdCtx context{EVP_MD_CTX_new()};
    EVP_PKEY_CTX* inner = nullptr;  // the context's own
    if (!context || init(context.get(), &inner, "SM3", openssl_library(), nullptr, key, nullptr) != 1 ||
        EVP_PKEY_CTX_set1_id(inner, id.data(), static_cast<int>(id.size())) != 1)
        return nullptr;
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
