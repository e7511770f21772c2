#pragma once
#include <openssl/err.h>

#include <memory>

// Includes nothing of the project, as openssl_library.hpp does not.
namespace hcp::run {

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* p) const noexcept {
        Free(p);
    }
};
// Handle<EVP_PKEY, EVP_PKEY_free>
template <class T, auto Free>
using Handle = std::unique_ptr<T, Freed<Free>>;

// What OpenSSL says about a refusal stays in here: the error queue is the thread's, and this thread may be the host's
// or about to ask SSL_get_error.
class ErrorScope {
public:
    ErrorScope() noexcept { ERR_set_mark(); }
    ~ErrorScope() { ERR_pop_to_mark(); }
    ErrorScope(const ErrorScope&) = delete;
    ErrorScope& operator=(const ErrorScope&) = delete;
};

}  // namespace hcp::run
