#include "adapters/gm/sm2_key.hpp"

#include "adapters/gm/encoding.hpp"
#include "plugin/domain/bytes.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/domain/utf8.hpp"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <openssl/pem.h>

#include <array>

namespace hcp::gm {
namespace {

using ports::crypto_errc;

using Number = Handle<BIGNUM, BN_clear_free>;
using Group = Handle<EC_GROUP, EC_GROUP_free>;
using Point = Handle<EC_POINT, EC_POINT_clear_free>;
using Bio = Handle<BIO, BIO_free_all>;

constexpr std::size_t coordinate_bytes = 32, point_bytes = 65;
char group_name[] = "SM2";  // OSSL_PARAM takes no const

// The key type must be named "SM2": the same curve as an "EC" key refuses SM2 encryption.
ports::result<PKey> key_from(OSSL_PARAM* params, int selection) {
    const PKeyCtx context{EVP_PKEY_CTX_new_from_name(openssl_library(), "SM2", nullptr)};
    if (!context || EVP_PKEY_fromdata_init(context.get()) != 1) return crypto_errc::unavailable;
    EVP_PKEY* key = nullptr;
    if (EVP_PKEY_fromdata(context.get(), &key, selection, params) != 1) return crypto_errc::bad_key;
    return PKey{key};
}

bool is_on_curve(EVP_PKEY* key) {
    const PKeyCtx context{EVP_PKEY_CTX_new_from_pkey(openssl_library(), key, nullptr)};
    return context && EVP_PKEY_public_check(context.get()) == 1;
}

int no_passphrase(char*, int, int, void*) {
    return -1;
}

template <class Read>
ports::result<PKey> from_pem(std::string_view text, Read read) {
    const ErrorScope quiet;
    const Bio source{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
    if (!source) return crypto_errc::unavailable;
    PKey key{read(source.get(), nullptr, no_passphrase, nullptr, openssl_library(), nullptr)};
    if (!key || EVP_PKEY_is_a(key.get(), "SM2") != 1 || !is_on_curve(key.get())) return crypto_errc::bad_key;
    return key;
}

template <class Pem, class Hex>
ports::result<PKey> from_text(std::string_view text, Pem from_pem, Hex from_hex) {
    const auto key = domain::trimmed(domain::without_mark(text));
    if (key.find('\0') != key.npos) return crypto_errc::bad_key;
    return key.find("-----BEGIN ") != key.npos ? from_pem(key) : from_hex(key);
}

std::string_view text_of(BIO* memory) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return {data, static_cast<std::size_t>(size)};
}

ports::result<PKey> generate() {
    PKey key{EVP_PKEY_Q_keygen(openssl_library(), nullptr, "SM2")};
    if (!key) return crypto_errc::unavailable;
    return key;
}

}  // namespace

ports::result<PKey> sm2_public_from_hex(std::string_view text) {
    const ErrorScope quiet;
    auto point = unhex(text.size() == 2 * (point_bytes - 1) ? "04" + std::string{text} : std::string{text});
    if (!point || point->size() != point_bytes || point->front() != 4) return crypto_errc::bad_key;
    OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group_name, 0),
                           OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point->data(), point->size()),
                           OSSL_PARAM_construct_end()};
    HCP_TRY(PKey key, key_from(params, EVP_PKEY_PUBLIC_KEY));
    if (!is_on_curve(key.get())) return crypto_errc::bad_key;
    return key;
}

ports::result<PKey> sm2_private_from_hex(std::string_view text) {
    const ErrorScope quiet;
    const auto secret = unhex_secret(text);
    if (!secret || secret->view().size() != coordinate_bytes) return crypto_errc::bad_key;

    const Group group{EC_GROUP_new_by_curve_name_ex(openssl_library(), nullptr, NID_sm2)};
    const Number d{BN_bin2bn(secret->view().data(), static_cast<int>(coordinate_bytes), BN_secure_new())};
    const Number largest{group ? BN_dup(EC_GROUP_get0_order(group.get())) : nullptr};
    if (!group || !d || !largest || BN_sub_word(largest.get(), 2) != 1) return crypto_errc::unavailable;
    if (BN_is_zero(d.get()) || BN_cmp(d.get(), largest.get()) > 0) return crypto_errc::bad_key;

    const Point point{EC_POINT_new(group.get())};
    std::array<std::uint8_t, point_bytes> octets;
    if (!point || EC_POINT_mul(group.get(), point.get(), d.get(), nullptr, nullptr, nullptr) != 1 ||
        EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, octets.data(), octets.size(),
                           nullptr) != octets.size())
        return crypto_errc::unavailable;

    std::array<std::uint8_t, coordinate_bytes> native;
    if (BN_bn2nativepad(d.get(), native.data(), static_cast<int>(native.size())) < 0) return crypto_errc::unavailable;
    OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group_name, 0),
                           OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, octets.data(), octets.size()),
                           OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, native.data(), native.size()),
                           OSSL_PARAM_construct_end()};
    auto key = key_from(params, EVP_PKEY_KEYPAIR);
    OPENSSL_cleanse(native.data(), native.size());
    return key;
}

ports::result<PKey> sm2_public_from_pem(std::string_view text) {
    return from_pem(text, PEM_read_bio_PUBKEY_ex);
}
ports::result<PKey> sm2_private_from_pem(std::string_view text) {
    return from_pem(text, PEM_read_bio_PrivateKey_ex);
}

ports::result<PKey> sm2_public_from_text(std::string_view text) {
    return from_text(text, sm2_public_from_pem, sm2_public_from_hex);
}
ports::result<PKey> sm2_private_from_text(std::string_view text) {
    return from_text(text, sm2_private_from_pem, sm2_private_from_hex);
}

std::string sm2_public_hex(const EVP_PKEY& key) {
    const ErrorScope quiet;
    std::array<std::uint8_t, point_bytes> octets;
    std::size_t size = 0;
    if (EVP_PKEY_get_octet_string_param(&key, OSSL_PKEY_PARAM_PUB_KEY, octets.data(), octets.size(), &size) != 1)
        return {};
    return domain::hex_text(View{octets}.first(size));
}

std::string sm2_public_pem(const EVP_PKEY& key) {
    const ErrorScope quiet;
    const Bio out{BIO_new(BIO_s_mem())};
    if (!out || PEM_write_bio_PUBKEY(out.get(), &key) != 1) return {};
    return std::string{text_of(out.get())};
}

ports::result<Secret> new_sm2_private_pem() {
    const ErrorScope quiet;
    HCP_TRY(const PKey key, generate());
    const Bio out{BIO_new(BIO_s_secmem())};
    if (!out || PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return crypto_errc::unavailable;
    return Secret{ports::as_bytes(text_of(out.get()))};
}

ports::result<Secret> new_sm2_private_hex() {
    const ErrorScope quiet;
    HCP_TRY(const PKey key, generate());
    BIGNUM* drawn = nullptr;
    if (EVP_PKEY_get_bn_param(key.get(), OSSL_PKEY_PARAM_PRIV_KEY, &drawn) != 1) return crypto_errc::unavailable;
    const Number d{drawn};
    std::array<std::uint8_t, coordinate_bytes> octets;
    if (BN_bn2binpad(d.get(), octets.data(), static_cast<int>(octets.size())) < 0) return crypto_errc::unavailable;
    std::string text = domain::hex_text(octets);
    Secret secret{ports::as_bytes(text)};
    OPENSSL_cleanse(octets.data(), octets.size());
    OPENSSL_cleanse(text.data(), text.size());
    return secret;
}

}  // namespace hcp::gm
