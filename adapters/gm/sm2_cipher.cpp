#include "adapters/gm/sm2_cipher.hpp"

#include "adapters/gm/digest.hpp"
#include "adapters/gm/encoding.hpp"
#include "plugin/domain/bytes.hpp"

#include <openssl/core_names.h>

#include <algorithm>
#include <functional>

namespace hcp::gm {
namespace {

using ports::crypto_errc;
using ports::Encoding;

constexpr std::size_t largest_plain_bytes = 64 << 10, largest_cipher_bytes = 32 << 20;

// The key stream of GB/T 32918.4: its derivation is that of X9.63.
bool derive(View secret, Bytes& stream) {
    const Handle<EVP_KDF_CTX, EVP_KDF_CTX_free> context{EVP_KDF_CTX_new(algorithms().x963)};
    char digest[] = "SM3";  // OSSL_PARAM takes no const
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, const_cast<std::uint8_t*>(secret.data()), secret.size()),
        OSSL_PARAM_construct_end()};
    return context && EVP_KDF_derive(context.get(), stream.data(), stream.size(), params) == 1;
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

// As OpenSSL takes it. What is read on the way is given back here: the text may be long.
ports::result<Bytes> der_of(std::string_view cipher, const Sm2Format& format) {
    HCP_TRY(Bytes bytes, format.encoding == Encoding::base64 ? unbase64(cipher) : unhex(cipher));
    if (bytes.size() > largest_cipher_bytes) return crypto_errc::malformed;
    HCP_TRY(const Sm2Parts parts, read_sm2(bytes, format.order, format.prefix04));
    bytes = Bytes{};
    return write_sm2(parts, Sm2Order::der, false);
}

}  // namespace

ports::result<std::string> Sm2Cipher::encrypt(View plain) const {
    if (plain.empty() || plain.size() > largest_plain_bytes) return crypto_errc::malformed;
    if (!to_) return to_.error();
    const ErrorScope quiet;
    for (;;) {
        HCP_TRY(const Sm2Drawn drawn, to_->draw());
        const View shared{drawn.shared};
        const View x = shared.first(32), y = shared.subspan(32);
        Sm2Parts parts;
        parts.c2.resize(plain.size());
        if (!derive(shared, parts.c2)) return crypto_errc::unavailable;
        // A key stream of zeros would leave the text in clear: the standard says to draw again. For a text of one byte
        // that is one time in 256.
        if (std::ranges::all_of(parts.c2, [](std::uint8_t byte) { return byte == 0; })) continue;
        std::ranges::transform(parts.c2, plain, parts.c2.begin(), std::bit_xor<>{});
        parts.c3 = Sm3{}.sm3({x, plain, y});
        std::ranges::copy(View{drawn.c1}.first(32), parts.x.begin());
        std::ranges::copy(View{drawn.c1}.subspan(32), parts.y.begin());
        return encoded(write_sm2(parts, format_.order, format_.prefix04), format_.encoding);
    }
}

ports::result<Bytes> Sm2Cipher::decrypt(std::string_view cipher) const {
    if (!own_) return crypto_errc::bad_key;
    if (cipher.size() > 2 * largest_cipher_bytes) return crypto_errc::malformed;
    const ErrorScope quiet;
    HCP_TRY(const Bytes der, der_of(cipher, format_));

    const PKeyCtx context{EVP_PKEY_CTX_new_from_pkey(openssl_library(), own_.get(), nullptr)};
    if (!context || EVP_PKEY_decrypt_init(context.get()) != 1) return crypto_errc::unavailable;
    Bytes plain(der.size());
    std::size_t size = plain.size();
    if (EVP_PKEY_decrypt(context.get(), plain.data(), &size, der.data(), der.size()) != 1)
        return crypto_errc::unauthentic;
    plain.resize(size);
    return plain;
}

}  // namespace hcp::gm
