#pragma once
#include "plugin/run/openssl_handle.hpp"
#include "plugin/run/openssl_library.hpp"

#include <openssl/evp.h>
#include <openssl/kdf.h>

#include <utility>

namespace hcp::gm {

using run::ErrorScope;
using run::Handle;
using run::openssl_library;

using MdCtx = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;
using CipherCtx = Handle<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;
using PKey = Handle<EVP_PKEY, EVP_PKEY_free>;
using PKeyCtx = Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;

// Fetched once per process: a fetch by name costs more than the digest of a short text. Never freed, as the library it
// comes from is not.
struct Algorithms {
    EVP_MD* sm3;
    EVP_CIPHER* sm4_ctr;
    EVP_CIPHER* aes_256_gcm;
    EVP_KDF* x963;

    [[nodiscard]] bool complete() const noexcept { return sm3 && sm4_ctr && aes_256_gcm && x963; }
};
[[nodiscard]] const Algorithms& algorithms();

// A context of OpenSSL's that this thread keeps; null when there is no memory for one. exit() ends what the calling
// thread keeps before it calls anybody's handler, and such a handler may well stop the module: it then gets another.
template <auto New, auto Free>
[[nodiscard]] auto* of_this_thread() {
    thread_local decltype(New()) kept = nullptr;
    thread_local const struct End {
        ~End() { Free(std::exchange(kept, nullptr)); }
    } end;
    (void)end;
    if (!kept) kept = New();
    return kept;
}

}  // namespace hcp::gm
