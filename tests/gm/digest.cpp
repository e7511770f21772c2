#include "adapters/gm/digest.hpp"

#include "tests/gm/support.hpp"

#include <openssl/core_names.h>
#include <openssl/params.h>
#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::gm;
using ports::as_bytes;

namespace {

// The same by OpenSSL's own HMAC.
Bytes evp_hmac_sm3(View key, View message) {
    const Handle<EVP_MAC, EVP_MAC_free> mac{EVP_MAC_fetch(nullptr, "HMAC", nullptr)};
    const Handle<EVP_MAC_CTX, EVP_MAC_CTX_free> context{EVP_MAC_CTX_new(mac.get())};
    char name[] = "SM3";
    const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name, 0),
                                 OSSL_PARAM_construct_end()};
    Bytes out(32);
    std::size_t size = 0;
    REQUIRE(EVP_MAC_init(context.get(), key.data(), key.size(), params) == 1);
    REQUIRE(EVP_MAC_update(context.get(), message.data(), message.size()) == 1);
    REQUIRE(EVP_MAC_final(context.get(), out.data(), &size, out.size()) == 1);
    REQUIRE(size == out.size());
    return out;
}

}  // namespace

SCENARIO("SM3 gives the digests printed in GB/T 32905", "[gm][digest]") {
    const Sm3 digests;
    CHECK(domain::hex_text(digests.sm3({as_bytes("abc")})) ==
          "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    CHECK(
        domain::hex_text(digests.sm3({as_bytes("abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd")})) ==
        "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
}

SCENARIO("a digest is of the parts one after another, however they are cut", "[gm][digest]") {
    const Sm3 digests;
    const auto whole = digests.sm3({as_bytes("abc")});
    CHECK(digests.sm3({as_bytes("a"), as_bytes("bc")}) == whole);
    CHECK(digests.sm3({as_bytes(""), as_bytes("abc"), {}}) == whole);
    CHECK(digests.sm3({}) == digests.sm3({as_bytes("")}));

    const HmacSm3 keyed{as_bytes("key")};
    CHECK(keyed.of({as_bytes("a"), as_bytes("bc")}) == keyed.of({as_bytes("abc")}));
}

SCENARIO("HMAC-SM3 is OpenSSL's, for keys and texts of any length", "[gm][digest]") {
    for (const std::size_t key_size : {1u, 16u, 32u, 63u, 64u, 65u, 128u, 200u}) {
        const auto key = test::pattern(key_size, 7);
        const HmacSm3 keyed{key};
        for (const std::size_t size : {0u, 1u, 31u, 32u, 55u, 56u, 63u, 64u, 65u, 119u, 120u, 1000u}) {
            const auto message = test::pattern(size, 9);
            REQUIRE(domain::hex_text(keyed.of({message})) == domain::hex_text(evp_hmac_sm3(key, message)));
        }
    }
}

SCENARIO("a keyed digest can be asked again and again and depends on its key", "[gm][digest]") {
    const HmacSm3 one{as_bytes("one")}, two{as_bytes("two")};
    const auto first = one.of({as_bytes("text")});
    CHECK(two.of({as_bytes("text")}) != first);
    CHECK(one.of({as_bytes("text")}) == first);
    CHECK(one.of({as_bytes("texT")}) != first);
}
