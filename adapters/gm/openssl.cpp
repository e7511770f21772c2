#include "adapters/gm/openssl.hpp"

namespace hcp::gm {

const Algorithms& algorithms() {
    static const Algorithms fetched = [] {
        const ErrorScope quiet;
        return Algorithms{EVP_MD_fetch(openssl_library(), "SM3", nullptr),
                          EVP_CIPHER_fetch(openssl_library(), "SM4-CTR", nullptr),
                          EVP_CIPHER_fetch(openssl_library(), "AES-256-GCM", nullptr),
                          EVP_KDF_fetch(openssl_library(), "X963KDF", nullptr)};
    }();
    return fetched;
}

}  // namespace hcp::gm
