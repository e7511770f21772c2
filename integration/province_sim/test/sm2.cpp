#include "integration/province_sim/sm2.hpp"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <catch2/catch.hpp>

#include <memory>
#include <string>

using namespace province_sim;

namespace {

const std::string known_private = "b7e9d8f4b36f031ff88551f93b40e85eee332de917babb8c78150aa9e150ea8d";
const std::string known_public =
    "04576267a91aa9b71274752fbe759b76650da007541ca0176c8853345bddcfb82d"
    "9b45f8125abebd9c28da97e323eed692f68f041551751a3908ff1066d8cb9239";
const std::string known_plain = "20260115093000SDGGZYTestWord-0001";
const std::string known_x = "ce67dde40adaf5996706926bb36b8a9e2821ab805cf9fd5fd4eba1e15ceccc45";
const std::string known_y = "0a0c5a086f42eb3da21f77d9df1120885d8b04cb1a99f2fded123aec3ec930e8";
const std::string known_c3 = "7653eb1574366a53f0775263b16fcb5ce3f68db282d36fc0a19f701ca7634f56";
const std::string known_c2 = "15a601bc5f972915835f639b4e88b8f52530a805d65003a001401f83a69ff9d57d";

const Order orders[] = {Order::c1c3c2, Order::c1c2c3, Order::der};
const Encoding encodings[] = {Encoding::lower_hex, Encoding::upper_hex, Encoding::base64};

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, decltype(&EVP_PKEY_CTX_free)>;

KeyContext context_of(EVP_PKEY* key) {
    return {EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr), EVP_PKEY_CTX_free};
}

// OpenSSL's own SM2, which speaks DER, as the second opinion.
std::string encrypt_by_openssl(EVP_PKEY* key, const std::string& plain) {
    const auto context = context_of(key);
    const auto* const in = reinterpret_cast<const unsigned char*>(plain.data());
    std::size_t size = 0;
    REQUIRE(EVP_PKEY_encrypt_init(context.get()) == 1);
    REQUIRE(EVP_PKEY_encrypt(context.get(), nullptr, &size, in, plain.size()) == 1);
    std::string out(size, '\0');
    REQUIRE(EVP_PKEY_encrypt(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size, in, plain.size()) ==
            1);
    out.resize(size);
    return encode(out, Encoding::lower_hex);
}

std::string decrypt_by_openssl(EVP_PKEY* key, const std::string& text) {
    const auto context = context_of(key);
    const auto octets = decode(text, Encoding::lower_hex).value();
    const auto* const in = reinterpret_cast<const unsigned char*>(octets.data());
    std::string out(octets.size(), '\0');
    std::size_t size = out.size();
    REQUIRE(EVP_PKEY_decrypt_init(context.get()) == 1);
    REQUIRE(EVP_PKEY_decrypt(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size, in, octets.size()) ==
            1);
    out.resize(size);
    return out;
}

std::string public_of(EVP_PKEY* key) {
    unsigned char octets[65];
    std::size_t size = 0;
    REQUIRE(EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, octets, sizeof octets, &size) == 1);
    std::string text{reinterpret_cast<const char*>(octets), size};
    if (text.size() == 65) return encode(text, Encoding::lower_hex);
    FAIL("the public key is not 04, X and Y");
    return {};
}

std::string private_of(EVP_PKEY* key) {
    BIGNUM* d = nullptr;
    REQUIRE(EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_PRIV_KEY, &d) == 1);
    const Number owned{d};
    std::string octets(32, '\0');
    REQUIRE(BN_bn2binpad(d, reinterpret_cast<unsigned char*>(octets.data()), 32) == 32);
    return encode(octets, Encoding::lower_hex);
}

}  // namespace

SCENARIO("the known ciphertext decrypts in each order of its parts") {
    const Sm2Decryptor decryptor{known_private};
    const auto c1 = "04" + known_x + known_y;
    CHECK(decryptor.decrypt(c1 + known_c3 + known_c2, {Order::c1c3c2}) == known_plain);
    CHECK(decryptor.decrypt(c1 + known_c2 + known_c3, {Order::c1c2c3}) == known_plain);
    CHECK(decryptor.decrypt("30818a022100" + known_x + "0220" + known_y + "0420" + known_c3 + "0421" + known_c2,
                            {Order::der}) == known_plain);
    CHECK(decryptor.decrypt(known_x + known_y + known_c3 + known_c2, {Order::c1c3c2, Encoding::lower_hex, false}) ==
          known_plain);
}

SCENARIO("a ciphertext in any other format than the agreed one is not read") {
    const Sm2Decryptor decryptor{known_private};
    const auto c1 = "04" + known_x + known_y;
    CHECK_FALSE(decryptor.decrypt(c1 + known_c3 + known_c2, {Order::c1c2c3}));
    CHECK_FALSE(decryptor.decrypt(c1 + known_c2 + known_c3, {Order::c1c3c2}));
    CHECK_FALSE(decryptor.decrypt(c1 + known_c3 + known_c2, {Order::der}));
    CHECK_FALSE(decryptor.decrypt(c1 + known_c3 + known_c2, {Order::c1c3c2, Encoding::lower_hex, false}));
    CHECK_FALSE(decryptor.decrypt(known_x + known_y + known_c3 + known_c2, {Order::c1c3c2}));
    CHECK_FALSE(decryptor.decrypt(c1 + known_c3 + known_c2, {Order::c1c3c2, Encoding::upper_hex}));
    CHECK_FALSE(decryptor.decrypt(c1 + known_c3 + known_c2 + "\n", {Order::c1c3c2}));
    CHECK_FALSE(decryptor.decrypt(c1 + known_c3, {Order::c1c3c2}));
    CHECK_FALSE(decryptor.decrypt("", {Order::c1c3c2}));
}

SCENARIO("no octet of a ciphertext can be changed unnoticed") {
    const Sm2Decryptor decryptor{known_private};
    for (const auto order : orders) {
        const Sm2Format format{order};
        const auto good = Sm2Encryptor{known_public}.encrypt("敏感", format);
        REQUIRE(decryptor.decrypt(good, format) == "敏感");
        for (std::size_t i = 0; i < good.size(); i += 2) {
            auto bad = good;
            bad[i] = bad[i] == '0' ? '1' : '0';
            CHECK_FALSE(decryptor.decrypt(bad, format));
        }
        CHECK_FALSE(decryptor.decrypt(good + "00", format));
    }
}

SCENARIO("what is encrypted for a key decrypts with it, in every order and encoding and at every length") {
    const auto pair = generate_key_pair();
    const Sm2Encryptor encryptor{pair.public_hex};
    const Sm2Decryptor decryptor{pair.private_hex};
    const Sm2Decryptor stranger{known_private};
    for (const auto order : orders)
        for (const auto encoding : encodings)
            for (const bool prefix04 : {true, false})
                for (const std::size_t length : {1U, 31U, 32U, 33U, 127U, 128U, 300U, 70'000U}) {
                    const Sm2Format format{order, encoding, prefix04};
                    const std::string plain(length, '\xE5');
                    const auto text = encryptor.encrypt(plain, format);
                    CHECK(decryptor.decrypt(text, format) == plain);
                    CHECK_FALSE(stranger.decrypt(text, format));
                }
}

SCENARIO("coordinates that begin with zero are padded on the way out and in") {
    const Sm2Encryptor encryptor{known_public};
    const Sm2Decryptor decryptor{known_private};
    for (const auto order : {Order::c1c3c2, Order::der}) {
        const Sm2Format format{order};
        for (bool seen = false; !seen;) {
            const auto text = encryptor.encrypt("x", format);
            REQUIRE(decryptor.decrypt(text, format) == "x");
            seen = order == Order::der ? text.substr(4, 4) == "021f" : text.substr(2, 2) == "00";
        }
    }
}

SCENARIO("our arithmetic and OpenSSL's own SM2 read each other") {
    const Key key{EVP_PKEY_Q_keygen(nullptr, nullptr, "SM2"), EVP_PKEY_free};
    REQUIRE(key);
    const Sm2Decryptor decryptor{private_of(key.get())};
    const Sm2Encryptor encryptor{public_of(key.get())};
    const Sm2Format format{Order::der};
    const std::string record(1'200, '{');
    for (int round = 0; round < 20; ++round) {
        CHECK(decryptor.decrypt(encrypt_by_openssl(key.get(), record), format) == record);
        CHECK(decrypt_by_openssl(key.get(), encryptor.encrypt(record, format)) == record);
    }
}

SCENARIO("a key that is none is refused when it is loaded") {
    CHECK_THROWS_AS(Sm2Decryptor{std::string(64, '0')}, std::invalid_argument);
    CHECK_THROWS_AS(Sm2Decryptor{std::string(64, 'f')}, std::invalid_argument);
    CHECK_THROWS_AS(Sm2Decryptor{"12"}, std::invalid_argument);
    CHECK_THROWS_AS(Sm2Encryptor{"04" + std::string(128, '1')}, std::invalid_argument);
    CHECK_THROWS_AS(Sm2Encryptor{"12"}, std::invalid_argument);
    CHECK_NOTHROW(Sm2Encryptor{known_public.substr(2)});
}
