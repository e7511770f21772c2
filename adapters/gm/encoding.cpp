#include "adapters/gm/encoding.hpp"

#include "adapters/gm/openssl.hpp"
#include "plugin/domain/bytes.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace hcp::gm {
namespace {

using ports::crypto_errc;

int sextet_of(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    if (c == '/') return 63;
    return -1;
}

}  // namespace

std::string hex_upper(View bytes) {
    auto text = domain::hex_text(bytes);
    for (char& c : text)
        if (c >= 'a') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

ports::result<Bytes> unhex(std::string_view text) {
    auto bytes = domain::bytes_from_hex(text);
    if (!bytes) return crypto_errc::malformed;
    return *std::move(bytes);
}

ports::result<Secret> unhex_secret(std::string_view text) {
    HCP_TRY(Bytes bytes, unhex(text));
    Secret secret{bytes};
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return secret;
}

std::string base64(View bytes) {
    std::string out((bytes.size() + 2) / 3 * 4 + 1, '\0');  // OpenSSL ends it with a NUL
    EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes.data(), static_cast<int>(bytes.size()));
    out.pop_back();
    return out;
}

ports::result<Bytes> unbase64(std::string_view text) {
    Bytes out;
    out.reserve(text.size() / 4 * 3 + 3);
    std::uint32_t bits = 0;
    unsigned held = 0, taken = 0, padding = 0;
    for (const char c : text) {
        if (c == '\n' || c == '\r' || c == ' ' || c == '\t') continue;
        if (c == '=') {
            ++padding;
            continue;
        }
        const int sextet = sextet_of(c);
        if (sextet < 0 || padding > 0) return crypto_errc::malformed;
        bits = bits << 6 | static_cast<std::uint32_t>(sextet);
        held += 6;
        ++taken;
        if (held >= 8) {
            held -= 8;
            out.push_back(static_cast<std::uint8_t>(bits >> held));
        }
    }
    const bool whole = (taken + padding) % 4 == 0 && padding <= 2;
    const bool nothing_left = (bits & ((1U << held) - 1)) == 0;
    if (!whole || !nothing_left) return crypto_errc::malformed;
    return out;
}

ports::result<Bytes> random_bytes(std::size_t count) {
    const ErrorScope quiet;
    Bytes out(count);
    if (RAND_bytes_ex(openssl_library(), out.data(), count, 0) != 1) return crypto_errc::unavailable;
    return out;
}

ports::result<Secret> random_secret(std::size_t count) {
    const ErrorScope quiet;
    Bytes drawn(count);
    if (RAND_priv_bytes_ex(openssl_library(), drawn.data(), count, 0) != 1) return crypto_errc::unavailable;
    Secret secret{drawn};
    OPENSSL_cleanse(drawn.data(), drawn.size());
    return secret;
}

}  // namespace hcp::gm
