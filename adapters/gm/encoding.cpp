#include "adapters/gm/encoding.hpp"

#include "adapters/gm/openssl.hpp"

#include <openssl/crypto.h>
#include <openssl/rand.h>

namespace hcp::gm {
namespace {

using ports::crypto_errc;

std::string hex_of(View bytes, std::string_view digits) {
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const auto byte : bytes) {
        out.push_back(digits[byte >> 4]);
        out.push_back(digits[byte & 15]);
    }
    return out;
}

int digit_of(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

constexpr std::string_view standard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view url_safe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string base64_of(View bytes, std::string_view alphabet) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const auto byte : bytes) {
        bits = bits << 8 | byte;
        for (held += 8; held >= 6;) {
            held -= 6;
            out.push_back(alphabet[bits >> held & 63]);
        }
    }
    if (held > 0) out.push_back(alphabet[bits << (6 - held) & 63]);
    return out;
}

int sextet_of(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    if (c == '/') return 63;
    return -1;
}

}  // namespace

std::string_view trimmed(std::string_view text) noexcept {
    constexpr std::string_view blank = " \t\r\n";
    const auto first = text.find_first_not_of(blank);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::string hex(View bytes) {
    return hex_of(bytes, "0123456789abcdef");
}
std::string hex_upper(View bytes) {
    return hex_of(bytes, "0123456789ABCDEF");
}

ports::result<Bytes> unhex(std::string_view text) {
    if (text.size() % 2 != 0) return crypto_errc::malformed;
    Bytes out;
    out.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const int high = digit_of(text[i]), low = digit_of(text[i + 1]);
        if (high < 0 || low < 0) {
            OPENSSL_cleanse(out.data(), out.size());
            return crypto_errc::malformed;
        }
        out.push_back(static_cast<std::uint8_t>(high << 4 | low));
    }
    return out;
}

ports::result<Secret> unhex_secret(std::string_view text) {
    HCP_TRY(Bytes bytes, unhex(text));
    Secret secret{bytes};
    OPENSSL_cleanse(bytes.data(), bytes.size());
    return secret;
}

std::string base64(View bytes) {
    auto out = base64_of(bytes, standard);
    out.append((4 - out.size() % 4) % 4, '=');
    return out;
}

std::string base64url(View bytes) {
    return base64_of(bytes, url_safe);
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
    if (RAND_bytes_ex(nullptr, out.data(), count, 0) != 1) return crypto_errc::unavailable;
    return out;
}

ports::result<Secret> random_secret(std::size_t count) {
    const ErrorScope quiet;
    Bytes drawn(count);
    if (RAND_priv_bytes_ex(nullptr, drawn.data(), count, 0) != 1) return crypto_errc::unavailable;
    Secret secret{drawn};
    OPENSSL_cleanse(drawn.data(), drawn.size());
    return secret;
}

}  // namespace hcp::gm
