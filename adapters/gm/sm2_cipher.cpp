#include "adapters/gm/sm2_cipher.hpp"

#include "adapters/gm/encoding.hpp"
#include "plugin/domain/bytes.hpp"

#include <algorithm>

namespace hcp::gm {
namespace {

using ports::crypto_errc;
using ports::Encoding;

constexpr std::size_t largest_bytes = 65'536;
constexpr std::size_t der_overhead = 128;  // two coordinates, the digest and at most six headers

ports::result<Bytes> encrypt_to_der(EVP_PKEY* key, View plain) {
    const PKeyCtx context{EVP_PKEY_CTX_new_from_pkey(openssl_library(), key, nullptr)};
    if (!context || EVP_PKEY_encrypt_init(context.get()) != 1) return crypto_errc::unavailable;
    Bytes der(plain.size() + der_overhead);
    std::size_t size = der.size();
    if (EVP_PKEY_encrypt(context.get(), der.data(), &size, plain.data(), plain.size()) != 1)
        return crypto_errc::unavailable;
    der.resize(size);
    return der;
}

std::string encoded(View bytes, Encoding encoding) {
    switch (encoding) {
        case Encoding::hex_lower:
            return domain::hex_text(bytes);
        case Encoding::hex_upper:
            return hex_upper(bytes);
        case Encoding::base64:
            return base64(bytes);
    }
    return {};
}

}  // namespace

ports::result<std::string> Sm2Cipher::encrypt(View plain) const {
    if (plain.empty() || plain.size() > largest_bytes) return crypto_errc::malformed;
    const ErrorScope quiet;
    for (;;) {
        HCP_TRY(const Bytes der, encrypt_to_der(to_.get(), plain));
        HCP_TRY(const Sm2Parts parts, read_sm2(der, Sm2Order::der, false));
        // A key stream of zeros leaves the text in clear. The standard says to draw again and other implementations
        // refuse such a ciphertext; OpenSSL 3.0 sends it. For a text of one byte that is one time in 256.
        if (std::ranges::equal(parts.c2, plain)) continue;
        return encoded(write_sm2(parts, format_.order, format_.prefix04), format_.encoding);
    }
}

ports::result<Bytes> Sm2Cipher::decrypt(std::string_view cipher) const {
    if (!own_) return crypto_errc::bad_key;
    if (cipher.size() > 2 * (largest_bytes + der_overhead)) return crypto_errc::malformed;
    const ErrorScope quiet;
    HCP_TRY(const Bytes bytes, format_.encoding == Encoding::base64 ? unbase64(cipher) : unhex(cipher));
    HCP_TRY(const Sm2Parts parts, read_sm2(bytes, format_.order, format_.prefix04));
    if (parts.c2.size() > largest_bytes) return crypto_errc::malformed;

    const PKeyCtx context{EVP_PKEY_CTX_new_from_pkey(openssl_library(), own_.get(), nullptr)};
    if (!context || EVP_PKEY_decrypt_init(context.get()) != 1) return crypto_errc::unavailable;
    const Bytes der = write_sm2(parts, Sm2Order::der, false);
    Bytes plain(der.size());
    std::size_t size = plain.size();
    if (EVP_PKEY_decrypt(context.get(), plain.data(), &size, der.data(), der.size()) != 1)
        return crypto_errc::unauthentic;
    plain.resize(size);
    return plain;
}

}  // namespace hcp::gm
