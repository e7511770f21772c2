#include "adapters/gm/sealer.hpp"

#include "tests/gm/support.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace hcp;
using namespace hcp::gm;
using ports::as_bytes;
using ports::crypto_errc;

namespace {

SealKey key(unsigned seed) {
    const auto root = test::pattern(32, seed);
    return SealKey{key_id_of(root), HmacSm3{root}};
}

// Counter mode by OpenSSL's own one-shot, with nothing of ours but the derived key.
Bytes evp_sm4_ctr(View sm4_key, View nonce, View text) {
    const CipherCtx context{EVP_CIPHER_CTX_new()};
    Bytes out(text.size());
    int written = 0;
    REQUIRE(EVP_EncryptInit_ex(context.get(), EVP_sm4_ctr(), nullptr, sm4_key.data(), nonce.data()) == 1);
    REQUIRE(EVP_EncryptUpdate(context.get(), out.data(), &written, text.data(), static_cast<int>(text.size())) == 1);
    return out;
}

}  // namespace

SCENARIO("SM4 is the block cipher of GB/T 32907", "[gm][sealer]") {
    // The standard's block under its key is, in counter mode, the key stream of that first counter block.
    const auto standard = test::from_hex("0123456789abcdeffedcba9876543210");
    CHECK(domain::hex_text(evp_sm4_ctr(standard, standard, Bytes(16, 0))) == "681edf34d206965e86b3e94f536e4246");
}

SCENARIO("what is sealed opens again, whatever its length", "[gm][sealer]") {
    for (const auto cipher : {Cipher::sm4_ctr_hmac_sm3, Cipher::aes_256_gcm}) {
        std::vector<SealKey> ring;
        ring.push_back(key(1));
        const RingSealer sealer{std::move(ring), cipher};
        for (const std::size_t size : {0u, 1u, 15u, 16u, 17u, 31u, 32u, 33u, 500u, 4096u, 200'000u}) {
            const auto plain = test::pattern(size);
            const auto sealed = sealer.seal(plain, as_bytes("where it lies")).value();
            REQUIRE(sealer.open(sealed, as_bytes("where it lies")).value() == plain);
            REQUIRE(sealer.seal(plain, {}).value() != sealer.seal(plain, {}).value());
        }
    }
}

SCENARIO("sealed bytes have the form that is written down", "[gm][sealer]") {
    const auto root = test::pattern(32, 1);
    const auto own = key(1);
    const auto plain = test::pattern(100);
    const auto associated = test::bytes_of("row 7");

    GIVEN("a text sealed with SM4-CTR and HMAC-SM3") {
        const auto sealed = own.seal(Cipher::sm4_ctr_hmac_sm3, plain, associated).value();
        REQUIRE(sealed.size() == 1 + 1 + 8 + 16 + plain.size() + 32);
        CHECK(sealed[0] == 1);
        CHECK(sealed[1] == 1);
        CHECK(domain::hex_text(View{sealed}.subspan(2, 8)) == domain::hex_text(own.id()));
        THEN("the ciphertext is SM4-CTR from the nonce, and the tag covers associated and all before it") {
            const View all{sealed};
            const auto sm4 = derive(HmacSm3{root}, "sm4");
            CHECK(domain::hex_text(evp_sm4_ctr(sm4.view().first(16), all.subspan(10, 16), plain)) ==
                  domain::hex_text(all.subspan(26, plain.size())));
            const Bytes size{0, 0, 0, 0, 0, 0, 0, 5};
            const auto tag =
                HmacSm3{derive(HmacSm3{root}, "mac").view()}.of({size, associated, all.first(all.size() - 32)});
            CHECK(domain::hex_text(tag) == domain::hex_text(all.last(32)));
        }
    }
    GIVEN("a text sealed with AES-256-GCM") {
        const auto sealed = own.seal(Cipher::aes_256_gcm, plain, associated).value();
        CHECK(sealed.size() == 1 + 1 + 8 + 12 + plain.size() + 16);
        CHECK(sealed[0] == 1);
        CHECK(sealed[1] == 2);
    }
}

SCENARIO("a sealed text of which any bit was changed does not open", "[gm][sealer]") {
    const auto own = key(1);
    for (const auto cipher : {Cipher::sm4_ctr_hmac_sm3, Cipher::aes_256_gcm}) {
        const auto sealed = own.seal(cipher, test::pattern(50), as_bytes("a")).value();
        for (std::size_t i = 0; i < sealed.size(); ++i) {
            for (int bit = 0; bit < 8; ++bit) {
                auto changed = sealed;
                changed[i] = static_cast<std::uint8_t>(changed[i] ^ 1 << bit);
                const auto opened = own.open(changed, as_bytes("a"));
                REQUIRE(opened.has_error());
                if (i == 0) REQUIRE(opened.error() == crypto_errc::malformed);
                if (i >= 2 && i < 10) REQUIRE(opened.error() == crypto_errc::unknown_key);
                if (i >= 10) REQUIRE(opened.error() == crypto_errc::unauthentic);
            }
        }
    }
}

SCENARIO("a sealed text that was cut or grew does not open", "[gm][sealer]") {
    const auto own = key(1);
    for (const auto cipher : {Cipher::sm4_ctr_hmac_sm3, Cipher::aes_256_gcm}) {
        auto sealed = own.seal(cipher, test::pattern(50), {}).value();
        for (std::size_t size = 0; size < sealed.size(); ++size)
            REQUIRE(own.open(View{sealed}.first(size), {}).has_error());
        sealed.push_back(0);
        CHECK(own.open(sealed, {}).error() == crypto_errc::unauthentic);
    }
    CHECK(own.open({}, {}).error() == crypto_errc::malformed);
}

SCENARIO("a sealed text opens only with what it was bound to", "[gm][sealer]") {
    const auto own = key(1);
    for (const auto cipher : {Cipher::sm4_ctr_hmac_sm3, Cipher::aes_256_gcm}) {
        const auto sealed = own.seal(cipher, as_bytes("text"), as_bytes("row 7")).value();
        CHECK(own.open(sealed, as_bytes("row 7")).has_value());
        for (const auto* wrong : {"row 8", "row 7 ", "row", ""})
            CHECK(own.open(sealed, as_bytes(wrong)).error() == crypto_errc::unauthentic);
    }
}

SCENARIO("a cipher's text passed off as the other's does not open", "[gm][sealer]") {
    const auto own = key(1);
    auto sm4 = own.seal(Cipher::sm4_ctr_hmac_sm3, test::pattern(50), {}).value();
    auto gcm = own.seal(Cipher::aes_256_gcm, test::pattern(50), {}).value();
    sm4[1] = 2;
    gcm[1] = 1;
    CHECK(own.open(sm4, {}).error() == crypto_errc::unauthentic);
    CHECK(own.open(gcm, {}).error() == crypto_errc::unauthentic);
    gcm[1] = 3;
    CHECK(own.open(gcm, {}).error() == crypto_errc::malformed);
}

SCENARIO("what an older key or the other cipher sealed still opens", "[gm][sealer]") {
    std::vector<SealKey> old_ring, new_ring, foreign_ring;
    old_ring.push_back(key(1));
    new_ring.push_back(key(2));
    new_ring.push_back(key(1));
    foreign_ring.push_back(key(3));
    const RingSealer before{std::move(old_ring), Cipher::aes_256_gcm};
    const RingSealer after{std::move(new_ring), Cipher::sm4_ctr_hmac_sm3};
    const RingSealer foreign{std::move(foreign_ring), Cipher::sm4_ctr_hmac_sm3};

    const auto sealed = before.seal(as_bytes("text"), {}).value();
    CHECK(after.open(sealed, {}).value() == test::bytes_of("text"));
    CHECK(foreign.open(sealed, {}).error() == crypto_errc::unknown_key);

    const auto newer = after.seal(as_bytes("text"), {}).value();
    CHECK(newer[1] == 1);
    CHECK(domain::hex_text(View{newer}.subspan(2, 8)) == domain::hex_text(key(2).id()));
    CHECK(before.open(newer, {}).error() == crypto_errc::unknown_key);
}

SCENARIO("no refusal leaves anything in the thread's OpenSSL error queue", "[gm][sealer]") {
    const auto own = key(1);
    ERR_clear_error();
    auto sealed = own.seal(Cipher::aes_256_gcm, as_bytes("text"), {}).value();
    sealed.back() ^= 1;
    REQUIRE(own.open(sealed, {}).has_error());
    CHECK(ERR_peek_error() == 0);

    ERR_raise(ERR_LIB_USER, 7);  // the host's own
    REQUIRE(own.open(sealed, {}).has_error());
    CHECK(ERR_GET_REASON(ERR_get_error()) == 7);
    CHECK(ERR_peek_error() == 0);
}

SCENARIO("keys derived for different purposes or from different keys differ", "[gm][sealer]") {
    std::set<std::string> seen;
    for (const auto* label : {"seal", "journal", "lookup", "link", "wrap", "digest"})
        for (const unsigned seed : {1U, 2U})
            seen.insert(domain::hex_text(derive(HmacSm3{test::pattern(32, seed)}, label).view()));
    CHECK(seen.size() == 12);
}
