#pragma once
#include <openssl/crypto.h>
#include <openssl/provider.h>

#include <new>

// Includes nothing of the project: every adapter that uses OpenSSL asks it for the same library context.
namespace hcp::run {

// OpenSSL decides at its first use whether it cleans up at exit() and which configuration it reads: neither. So this
// comes before whatever else might use it.
inline void begin_openssl() noexcept {
    OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT | OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
}

// OpenSSL as this module has it: with the default provider alone, whatever OPENSSL_CONF says or the host sets for
// itself. It is never freed, and OpenSSL registers no cleanup: a host that calls exit() may still have threads in here.
// Throws std::bad_alloc; the next call then tries again.
[[nodiscard]] inline OSSL_LIB_CTX* openssl_library() {
    static OSSL_LIB_CTX* const library = [] {
        begin_openssl();
        auto* const made = OSSL_LIB_CTX_new();
        if (!made || !OSSL_PROVIDER_load(made, "default")) {
            OSSL_LIB_CTX_free(made);
            throw std::bad_alloc{};
        }
        return made;
    }();
    return library;
}

}  // namespace hcp::run
