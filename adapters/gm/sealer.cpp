#include "adapters/gm/sealer.hpp"

#include "plugin/domain/bytes.hpp"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <stdexcept>

namespace hcp::gm {
namespace {

using ports::crypto_errc;

constexpr std::uint8_t version = 1;
constexpr std::uint8_t sm4_ctr_hmac_sm3 = 1, aes_256_gcm = 2;
constexpr std::size_t header_bytes = 2 + std::tuple_size_v<KeyId>;

struct Shape {
    std::size_t nonce, tag;
    [[nodiscard]] std::size_t overhead() const { return header_bytes + nonce + tag; }
};
constexpr Shape sm4_shape{16, 32}, gcm_shape{12, 16};
constexpr std::size_t largest_bytes = std::size_t{1} << 30;  // of text: OpenSSL counts in int
constexpr std::size_t largest_sealed_bytes = largest_bytes + header_bytes + 48;

EVP_CIPHER_CTX* kept_context() {
    return of_this_thread<EVP_CIPHER_CTX_new, EVP_CIPHER_CTX_free>();
}

// Where in a sealed text the cipher writes.
struct Parts {
    std::uint8_t *nonce, *text, *tag;
};
Parts parts_of(Bytes& sealed, Shape shape) {
    auto* const nonce = sealed.data() + header_bytes;
    return {nonce, nonce + shape.nonce, sealed.data() + sealed.size() - shape.tag};
}

// Counter mode: the same call in both directions.
bool sm4_ctr(View key, const std::uint8_t* nonce, View in, std::uint8_t* out) {
    auto* context = kept_context();
    int written = 0;
    return context && EVP_EncryptInit_ex2(context, algorithms().sm4_ctr, key.data(), nonce, nullptr) == 1 &&
           EVP_EncryptUpdate(context, out, &written, in.data(), static_cast<int>(in.size())) == 1;
}

Digest mac_of(const HmacSm3& mac, View associated, View before_tag) {
    Bytes size;
    domain::put_integer(size, associated.size(), 8);
    return mac.of({size, associated, before_tag});
}

// Everything but the last step, in which a wrong tag shows.
bool gcm_text(EVP_CIPHER_CTX* context, bool sealing, View key, View header, View associated, View in,
              const std::uint8_t* nonce, std::uint8_t* out) {
    int written = 0;
    const auto take = [&](View bytes, std::uint8_t* to) {
        return bytes.empty() ||
               EVP_CipherUpdate(context, to, &written, bytes.data(), static_cast<int>(bytes.size())) == 1;
    };
    return context && EVP_CipherInit_ex2(context, algorithms().aes_256_gcm, key.data(), nonce, sealing, nullptr) == 1 &&
           take(header, nullptr) && take(associated, nullptr) && take(in, out);
}

bool gcm_finish(EVP_CIPHER_CTX* context) {
    std::uint8_t nothing[16];
    int written = 0;
    return EVP_CipherFinal_ex(context, nothing, &written) == 1;
}

bool gcm_tag(EVP_CIPHER_CTX* context, int get_or_set, std::uint8_t* tag) {
    return EVP_CIPHER_CTX_ctrl(context, get_or_set, static_cast<int>(gcm_shape.tag), tag) == 1;
}

}  // namespace

KeyId key_id_of(View key) {
    const Digest digest = Sm3{}.sm3({ports::as_bytes("hcp key id"), key});
    KeyId id;
    std::copy_n(digest.begin(), id.size(), id.begin());
    return id;
}

Secret derive(const HmacSm3& key, std::string_view label) {
    Digest digest = key.of({ports::as_bytes("hcp/1/"), ports::as_bytes(label)});
    Secret derived{digest};
    OPENSSL_cleanse(digest.data(), digest.size());
    return derived;
}

SealKey::SealKey(KeyId id, const HmacSm3& root)
    : id_{id},
      sm4_{derive(root, "sm4").view().first(16)},
      aes_{derive(root, "aes")},
      mac_{derive(root, "mac").view()} {}

ports::result<Bytes> SealKey::seal(Cipher cipher, View plain, View associated) const {
    if (plain.size() > largest_bytes || associated.size() > largest_bytes) return crypto_errc::malformed;
    const ErrorScope quiet;
    const bool gcm = cipher == Cipher::aes_256_gcm;
    const Shape shape = gcm ? gcm_shape : sm4_shape;
    Bytes sealed(shape.overhead() + plain.size());
    sealed[0] = version;
    sealed[1] = gcm ? aes_256_gcm : sm4_ctr_hmac_sm3;
    std::ranges::copy(id_, sealed.begin() + 2);
    const auto to = parts_of(sealed, shape);
    if (RAND_bytes_ex(openssl_library(), to.nonce, shape.nonce, 0) != 1) return crypto_errc::unavailable;

    const View written{sealed};
    if (gcm) {
        auto* context = kept_context();
        if (!gcm_text(context, true, aes_.view(), written.first(header_bytes), associated, plain, to.nonce, to.text) ||
            !gcm_finish(context) || !gcm_tag(context, EVP_CTRL_AEAD_GET_TAG, to.tag))
            return crypto_errc::unavailable;
    } else {
        if (!sm4_ctr(sm4_.view(), to.nonce, plain, to.text)) return crypto_errc::unavailable;
        std::ranges::copy(mac_of(mac_, associated, written.first(written.size() - shape.tag)), to.tag);
    }
    return sealed;
}

ports::result<Bytes> SealKey::open(View sealed, View associated) const {
    if (sealed.size() < header_bytes || sealed.size() > largest_sealed_bytes || associated.size() > largest_bytes)
        return crypto_errc::malformed;
    if (sealed[0] != version || (sealed[1] != sm4_ctr_hmac_sm3 && sealed[1] != aes_256_gcm))
        return crypto_errc::malformed;
    if (!std::ranges::equal(sealed.subspan(2, id_.size()), id_)) return crypto_errc::unknown_key;
    const bool gcm = sealed[1] == aes_256_gcm;
    const Shape shape = gcm ? gcm_shape : sm4_shape;
    if (sealed.size() < shape.overhead()) return crypto_errc::malformed;

    const ErrorScope quiet;
    const auto nonce = sealed.subspan(header_bytes, shape.nonce);
    const auto text = sealed.subspan(header_bytes + shape.nonce, sealed.size() - shape.overhead());
    const auto tag = sealed.last(shape.tag);
    if (!gcm) {
        const auto expected = mac_of(mac_, associated, sealed.first(sealed.size() - shape.tag));
        if (CRYPTO_memcmp(expected.data(), tag.data(), tag.size()) != 0) return crypto_errc::unauthentic;
    }
    Bytes plain(text.size());
    if (!gcm) {
        if (!sm4_ctr(sm4_.view(), nonce.data(), text, plain.data())) return crypto_errc::unavailable;
        return plain;
    }
    auto* context = kept_context();
    std::array<std::uint8_t, gcm_shape.tag> expected;
    std::ranges::copy(tag, expected.begin());
    if (!gcm_text(context, false, aes_.view(), sealed.first(header_bytes), associated, text, nonce.data(),
                  plain.data()) ||
        !gcm_tag(context, EVP_CTRL_AEAD_SET_TAG, expected.data()))
        return crypto_errc::unavailable;
    if (!gcm_finish(context)) {
        OPENSSL_cleanse(plain.data(), plain.size());
        return crypto_errc::unauthentic;
    }
    return plain;
}

std::optional<KeyId> key_id_in(View sealed) {
    if (sealed.size() < header_bytes || sealed[0] != version) return std::nullopt;
    KeyId id;
    std::ranges::copy(sealed.subspan(2, id.size()), id.begin());
    return id;
}

RingSealer::RingSealer(std::vector<SealKey> keys, Cipher cipher) : keys_{std::move(keys)}, cipher_{cipher} {
    if (keys_.empty()) throw std::invalid_argument{"a sealer needs a key"};
}

ports::result<Bytes> RingSealer::seal(View plain, View associated) const {
    return keys_.front().seal(cipher_, plain, associated);
}

ports::result<Bytes> RingSealer::open(View sealed, View associated) const {
    for (const auto& key : keys_) {
        auto opened = key.open(sealed, associated);
        if (opened || opened.error() != crypto_errc::unknown_key) return opened;
    }
    return crypto_errc::unknown_key;
}

}  // namespace hcp::gm
