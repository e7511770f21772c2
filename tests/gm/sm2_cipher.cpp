#include "adapters/gm/sm2_cipher.hpp"

#include "tests/gm/support.hpp"

#include <openssl/pem.h>
#include <catch2/catch.hpp>

#include <algorithm>

using namespace hcp;
using namespace hcp::gm;
using ports::as_bytes;
using ports::crypto_errc;
using ports::Encoding;

namespace {

// A synthetic pair and a ciphertext made apart from this code, in the three orders.
const std::string known_private = "b7e9d8f4b36f031ff88551f93b40e85eee332de917babb8c78150aa9e150ea8d";
const std::string known_public =
    "04576267a91aa9b71274752fbe759b76650da007541ca0176c8853345bddcfb82d"
    "9b45f8125abebd9c28da97e323eed692f68f041551751a3908ff1066d8cb9239";
const std::string known_plain = "20260115093000SDGGZYTestWord-0001";
const std::string known_x = "ce67dde40adaf5996706926bb36b8a9e2821ab805cf9fd5fd4eba1e15ceccc45";
const std::string known_y = "0a0c5a086f42eb3da21f77d9df1120885d8b04cb1a99f2fded123aec3ec930e8";
const std::string known_c3 = "7653eb1574366a53f0775263b16fcb5ce3f68db282d36fc0a19f701ca7634f56";
const std::string known_c2 = "15a601bc5f972915835f639b4e88b8f52530a805d65003a001401f83a69ff9d57d";
const std::string known_der = "30818a022100" + known_x + "0220" + known_y + "0420" + known_c3 + "0421" + known_c2;

Sm2Cipher cipher(Sm2Format format) {
    return test::cipher_of(format, known_public, known_private).value();
}
Sm2Format c1c3c2(Encoding encoding = Encoding::hex_lower) {
    return {Sm2Order::c1c3c2, true, encoding};
}

std::vector<Sm2Format> all_formats() {
    std::vector<Sm2Format> formats;
    for (const auto order : {Sm2Order::c1c3c2, Sm2Order::c1c2c3, Sm2Order::der})
        for (const bool prefix04 : {true, false})
            for (const auto encoding : {Encoding::hex_lower, Encoding::hex_upper, Encoding::base64})
                formats.push_back({order, prefix04, encoding});
    return formats;
}

constexpr std::size_t mib = 1 << 20;

// A sanitizer looks at every byte's every step: what takes a second without takes a minute with it.
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr bool watched = true;
#else
constexpr bool watched = false;
#endif
constexpr std::size_t long_list = (watched ? 2 : 16) * mib;

// Of any size, and by OpenSSL alone: encrypt() shares nothing with it but the hash.
Sm2Parts sent_by_openssl(View plain) {
    const auto key = sm2_public_from_hex(known_public).value();
    const PKeyCtx context{EVP_PKEY_CTX_new_from_pkey(openssl_library(), key.get(), nullptr)};
    REQUIRE(EVP_PKEY_encrypt_init(context.get()) == 1);
    Bytes out(plain.size() + 128);
    std::size_t size = out.size();
    REQUIRE(EVP_PKEY_encrypt(context.get(), out.data(), &size, plain.data(), plain.size()) == 1);
    return read_sm2(View{out}.first(size), Sm2Order::der, false).value();
}
std::string as_text(const Sm2Parts& parts, const Sm2Format& format) {
    const auto bytes = write_sm2(parts, format.order, format.prefix04);
    return format.encoding == Encoding::base64 ? base64(bytes) : domain::hex_text(bytes);
}

void round_trips(unsigned rounds) {
    std::vector<Sm2Cipher> ciphers;
    for (const auto& format : all_formats()) ciphers.push_back(cipher(format));
    for (unsigned round = 0; round < rounds; ++round) {
        const auto plain = test::pattern(1 + round * 7 % 1500, round);
        const auto& one = ciphers[round % ciphers.size()];
        const auto sent = one.encrypt(plain);
        REQUIRE(sent.has_value());
        const auto back = one.decrypt(*sent);
        REQUIRE(back.has_value());
        REQUIRE(*back == plain);
    }
}

}  // namespace

SCENARIO("the known ciphertext opens in each order, prefix and encoding", "[gm][sm2]") {
    const auto plain = test::bytes_of(known_plain);
    const std::pair<Sm2Order, std::string> raw[] = {{Sm2Order::c1c3c2, known_x + known_y + known_c3 + known_c2},
                                                    {Sm2Order::c1c2c3, known_x + known_y + known_c2 + known_c3}};
    for (const auto& [order, text] : raw) {
        CHECK(cipher({order, true, Encoding::hex_lower}).decrypt("04" + text).value() == plain);
        CHECK(cipher({order, false, Encoding::hex_lower}).decrypt(text).value() == plain);
        CHECK(cipher({order, true, Encoding::hex_upper}).decrypt(hex_upper(test::from_hex("04" + text))).value() ==
              plain);
        CHECK(cipher({order, true, Encoding::base64}).decrypt(base64(test::from_hex("04" + text))).value() == plain);
    }
    CHECK(test::from_hex("04" + raw[0].second).size() == 130);
    CHECK(cipher({Sm2Order::der, true, Encoding::hex_lower}).decrypt(known_der).value() == plain);
    CHECK(cipher({Sm2Order::der, false, Encoding::base64}).decrypt(base64(test::from_hex(known_der))).value() == plain);
}

SCENARIO("the standard's own example opens", "[gm][sm2]") {
    // GB/T 32918.5, annex C.
    const auto own = test::cipher_of({Sm2Order::c1c3c2, true, Encoding::hex_upper}, known_public,
                                     "3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8");
    CHECK(own->decrypt("0404EBFC718E8D1798620432268E77FEB6415E2EDE0E073C0F4F640ECD2E149A73"
                       "E858F9D81E5430A57B36DAAB8F950A3C64E6EE6A63094D99283AFF767E124DF0"
                       "59983C18F809E262923C53AEC295D30383B54E39D609D160AFCB1908D0BD8766"
                       "21886CA989CA9C7D58087307CA93092D651EFA")
              .value() == test::bytes_of("encryption standard"));
}

SCENARIO("a ciphertext of which any byte was changed is refused", "[gm][sm2]") {
    for (const auto order : {Sm2Order::c1c3c2, Sm2Order::c1c2c3, Sm2Order::der}) {
        const auto own = cipher({order, true, Encoding::hex_lower});
        const auto parts = read_sm2(test::from_hex(known_der), Sm2Order::der, false).value();
        const auto bytes = write_sm2(parts, order, true);
        REQUIRE(own.decrypt(domain::hex_text(bytes)).has_value());
        for (std::size_t i = 0; i < bytes.size(); ++i)
            for (const unsigned change : {0x01U, 0x80U}) {
                auto changed = bytes;
                changed[i] = static_cast<std::uint8_t>(changed[i] ^ change);
                INFO("byte " << i);
                const auto opened = own.decrypt(domain::hex_text(changed));
                REQUIRE(opened.has_error());
                const bool known_shape = order != Sm2Order::der && i > 0;
                if (known_shape) REQUIRE(opened.error() == crypto_errc::unauthentic);
                if (order != Sm2Order::der && i == 0) REQUIRE(opened.error() == crypto_errc::malformed);
            }
    }
}

SCENARIO("a ciphertext in another order, encoding or for another key is refused", "[gm][sm2]") {
    const auto sent = cipher(c1c3c2()).encrypt(as_bytes(known_plain)).value();
    CHECK(cipher({Sm2Order::c1c2c3, true, Encoding::hex_lower}).decrypt(sent).error() == crypto_errc::unauthentic);
    CHECK(cipher({Sm2Order::der, true, Encoding::hex_lower}).decrypt(sent).error() == crypto_errc::malformed);
    CHECK(cipher({Sm2Order::c1c3c2, false, Encoding::hex_lower}).decrypt(sent).error() == crypto_errc::unauthentic);
    CHECK(cipher(c1c3c2(Encoding::base64)).decrypt(sent).has_error());
    CHECK(cipher(c1c3c2()).decrypt("").error() == crypto_errc::malformed);
    CHECK(cipher(c1c3c2()).decrypt(sent + "0").error() == crypto_errc::malformed);
    CHECK(cipher(c1c3c2()).decrypt("访问超时").error() == crypto_errc::malformed);

    const auto other = new_sm2_private_hex().value();
    const auto foreign = test::cipher_of(c1c3c2(), known_public, ports::as_text(other.view())).value();
    CHECK(foreign.decrypt(sent).error() == crypto_errc::unauthentic);
    const auto without = test::cipher_of(c1c3c2(), known_public, std::nullopt).value();
    CHECK(without.encrypt(as_bytes("x")).has_value());
    CHECK(without.decrypt(sent).error() == crypto_errc::bad_key);
}

SCENARIO("the wire carries what the format says", "[gm][sm2]") {
    const auto plain = as_bytes("x");
    const auto lower = cipher(c1c3c2()).encrypt(plain).value();
    CHECK(lower.size() == 196);
    CHECK(lower.starts_with("04"));
    CHECK(lower.find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(
        cipher({Sm2Order::c1c2c3, false, Encoding::hex_upper}).encrypt(plain)->find_first_not_of("0123456789ABCDEF") ==
        std::string::npos);
    CHECK(cipher({Sm2Order::c1c2c3, false, Encoding::hex_upper}).encrypt(plain)->size() == 194);
    CHECK(cipher({Sm2Order::der, true, Encoding::hex_lower}).encrypt(plain)->starts_with("30"));
    CHECK(cipher(c1c3c2(Encoding::base64)).encrypt(test::pattern(1000))->find('\n') == std::string::npos);
    CHECK(cipher(c1c3c2()).encrypt(plain).value() != lower);
}

SCENARIO("a thousand texts go there and back in all formats", "[gm][sm2]") {
    round_trips(1000);
}
SCENARIO("ten thousand texts go there and back in all formats", "[gm][sm2][.slow]") {
    round_trips(10'000);
}

SCENARIO("coordinates with leading zeros go there and back in all formats", "[gm][sm2]") {
    const auto der = cipher({Sm2Order::der, false, Encoding::hex_lower});
    bool x_seen = false, y_seen = false;
    // One in 256 per coordinate: 20,000 tries without one happen once in 10^33.
    for (int tries = 0; tries < 20'000 && !(x_seen && y_seen); ++tries) {
        const auto sent = der.encrypt(as_bytes(known_plain)).value();
        const auto parts = read_sm2(test::from_hex(sent), Sm2Order::der, false).value();
        const bool x_zero = parts.x[0] == 0, y_zero = parts.y[0] == 0;
        if (!x_zero && !y_zero) continue;
        x_seen |= x_zero;
        y_seen |= y_zero;
        for (const auto& format : all_formats()) {
            REQUIRE(cipher(format).decrypt(as_text(parts, format)).value() == test::bytes_of(known_plain));
        }
    }
    CHECK(x_seen);
    CHECK(y_seen);
}

SCENARIO("no text is ever sent in clear, not even one byte", "[gm][sm2]") {
    const auto own = cipher({Sm2Order::c1c2c3, false, Encoding::hex_lower});
    for (int round = 0; round < 800; ++round) REQUIRE(own.encrypt(as_bytes("x")).value().substr(128, 2) != "78");
}

SCENARIO("what is encrypted is 1 byte to 64 KiB long", "[gm][sm2]") {
    for (const auto& format :
         {c1c3c2(), c1c3c2(Encoding::base64), Sm2Format{Sm2Order::der, true, Encoding::hex_lower}}) {
        const auto own = cipher(format);
        const auto largest = test::pattern(65536);
        CHECK(own.decrypt(own.encrypt(largest).value()).value() == largest);
        CHECK(own.encrypt(test::pattern(65537)).error() == crypto_errc::malformed);
        CHECK(own.encrypt({}).error() == crypto_errc::malformed);
    }
}

SCENARIO("a list of 1 MiB and one of 16 MiB are read in one piece", "[gm][sm2]") {
    const auto whole = test::pattern(long_list);
    for (const std::size_t size : {mib, long_list}) {
        const auto plain = Bytes{whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)};
        const auto parts = sent_by_openssl(plain);
        for (const auto& format : {c1c3c2(), c1c3c2(Encoding::base64)}) {
            INFO(size);
            const auto opened = cipher(format).decrypt(as_text(parts, format)).value();
            REQUIRE((opened == plain));  // which prints neither
        }
    }
    const Sm2Format der{Sm2Order::der, false, Encoding::hex_upper};
    const auto plain = Bytes{whole.begin(), whole.begin() + mib};
    CHECK((cipher(der).decrypt(as_text(sent_by_openssl(plain), der)).value() == plain));
}

SCENARIO("a ciphertext of more than 32 MiB is malformed", "[gm][sm2]") {
    CHECK(cipher(c1c3c2()).decrypt("04" + std::string(64 * mib, '0')).error() == crypto_errc::malformed);
    if (watched) return;
    const auto in_base64 = [](std::size_t size) {
        Bytes bytes(size);
        bytes[0] = 4;
        return cipher(c1c3c2(Encoding::base64)).decrypt(base64(bytes)).error();
    };
    CHECK(in_base64(32 * mib) == crypto_errc::unauthentic);  // no point of the curve, but looked at
    CHECK(in_base64(32 * mib + 1) == crypto_errc::malformed);
}

SCENARIO("a public key is a point of the curve, with 04 or without", "[gm][sm2]") {
    CHECK(sm2_public_hex(*sm2_public_from_hex(known_public).value()) == known_public);
    CHECK(sm2_public_hex(*sm2_public_from_hex(known_public.substr(2)).value()) == known_public);
    CHECK(sm2_public_hex(*sm2_public_from_hex(hex_upper(test::from_hex(known_public))).value()) == known_public);
    CHECK(sm2_public_hex(*sm2_public_from_pem(sm2_public_pem(*sm2_public_from_hex(known_public).value())).value()) ==
          known_public);

    auto off_curve = known_public;
    off_curve.back() = '8';
    for (const auto& wrong : {off_curve, std::string{}, known_public.substr(0, 128), known_public + "00",
                              "02" + known_public.substr(2, 64), "06" + known_public.substr(2), std::string(130, '0'),
                              "04" + std::string(128, '0'), "04" + std::string(128, 'f')})
        CHECK(sm2_public_from_hex(wrong).error() == crypto_errc::bad_key);
}

SCENARIO("a private key lies between 1 and n-2 and knows its public key", "[gm][sm2]") {
    CHECK(sm2_public_hex(*sm2_private_from_hex(known_private).value()) == known_public);
    // The base point of the curve.
    CHECK(sm2_public_hex(*sm2_private_from_hex(std::string(63, '0') + "1").value()) ==
          "0432c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7"
          "bc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0");
    const std::string n = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d541";
    CHECK(sm2_private_from_hex(n + "21").has_value());  // n-2
    for (const auto& wrong :
         {n + "22", n + "23", n + "24", std::string(64, '0'), std::string(64, 'f'), known_private.substr(2),
          known_private + "00", std::string{}, "x" + known_private.substr(1)})
        CHECK(sm2_private_from_hex(wrong).error() == crypto_errc::bad_key);
    CHECK(test::cipher_of(c1c3c2(), known_public, "").error() == crypto_errc::bad_key);
    CHECK(test::cipher_of(c1c3c2(), "", known_private).error() == crypto_errc::bad_key);
}

SCENARIO("new private keys are usable in both forms", "[gm][sm2]") {
    const auto pem = new_sm2_private_pem().value();
    const auto key = sm2_private_from_pem(ports::as_text(pem.view())).value();
    const auto own = test::cipher_of(c1c3c2(), sm2_public_hex(*key), ports::as_text(pem.view())).value();
    CHECK(own.decrypt(own.encrypt(as_bytes("x")).value()).value() == test::bytes_of("x"));
    CHECK(new_sm2_private_hex().value().view().size() == 64);
}

SCENARIO("keys are read as their files hold them, line ends and all", "[gm][sm2]") {
    const test::KeyFolder files;
    const auto pem = new_sm2_private_pem().value();
    const auto read = read_key_file(files.write("key", ports::as_text(pem.view()))).value();
    const auto pem_public = sm2_public_pem(*sm2_private_from_pem(ports::as_text(read.view())).value());
    const auto by_pem = test::cipher_of(c1c3c2(), pem_public, ports::as_text(read.view())).value();
    CHECK(by_pem.decrypt(by_pem.encrypt(as_bytes("x")).value()).value() == test::bytes_of("x"));
    const auto by_hex = test::cipher_of(c1c3c2(), known_public + "\r\n", " " + known_private + "\n").value();
    CHECK(by_hex.decrypt(by_hex.encrypt(as_bytes("x")).value()).value() == test::bytes_of("x"));
}

SCENARIO("PEM that holds another kind of key, or none, is refused", "[gm][sm2]") {
    const Handle<BIO, BIO_free_all> out{BIO_new(BIO_s_mem())};
    const PKey other{EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")};
    REQUIRE(PEM_write_bio_PrivateKey(out.get(), other.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
    char* data = nullptr;
    const auto size = static_cast<std::size_t>(BIO_get_mem_data(out.get(), &data));
    CHECK(sm2_private_from_pem({data, size}).error() == crypto_errc::bad_key);
    CHECK(sm2_private_from_pem("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n").error() ==
          crypto_errc::bad_key);
    CHECK(sm2_public_from_pem("").error() == crypto_errc::bad_key);
}
