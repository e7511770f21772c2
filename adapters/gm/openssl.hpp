#pragma once
#include <openssl/err.h>
#include <openssl/evp.h>

#include <memory>

namespace hcp::gm {

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* p) const noexcept {
        Free(p);
    }
};
template <class T, auto Free>
using Handle = std::unique_ptr<T, Freed<Free>>;

using MdCtx = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;
using CipherCtx = Handle<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;
using PKey = Handle<EVP_PKEY, EVP_PKEY_free>;
using PKeyCtx = Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;

// Fetched once per process: a fetch by name costs more than the digest of a short text. Never freed, because threads of
// the host may still be here when OpenSSL's exit handler has run.
struct Algorithms {
    EVP_MD* sm3;
    EVP_CIPHER* sm4_ctr;
    EVP_CIPHER* aes_256_gcm;

    [[nodiscard]] bool complete() const noexcept { return sm3 && sm4_ctr && aes_256_gcm; }
};
[[nodiscard]] const Algorithms& algorithms();

// What OpenSSL says about a refusal stays in here: the error queue is the thread's, and this thread may be the host's
// or about to ask SSL_get_error.
class ErrorScope {
public:
    ErrorScope() noexcept { ERR_set_mark(); }
    ~ErrorScope() { ERR_pop_to_mark(); }
    ErrorScope(const ErrorScope&) = delete;
    ErrorScope& operator=(const ErrorScope&) = delete;
};

}  // namespace hcp::gm
