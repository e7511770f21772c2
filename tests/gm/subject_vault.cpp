#include "adapters/gm/subject_vault.hpp"

#include "tests/gm/support.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::gm;
using ports::as_bytes;
using ports::crypto_errc;

SCENARIO("a subject's key, wrapped and unwrapped, is the same key", "[gm][vault]") {
    const auto ring = Keyring::of(test::master(1)).value();
    for (const auto cipher : {Cipher::sm4_ctr_hmac_sm3, Cipher::aes_256_gcm}) {
        const auto vault = ring.vault(cipher);
        const auto fresh = vault->make().value();
        const auto again = vault->unwrap(fresh.wrapped).value();
        const auto sealed = fresh.key->seal(as_bytes("text"), as_bytes("row")).value();
        CHECK(again->open(sealed, as_bytes("row")).value() == test::bytes_of("text"));
        CHECK(again->digest({as_bytes("text")}) == fresh.key->digest({as_bytes("text")}));
    }
}

SCENARIO("a key that is wrapped anew is the same key, under the current master key alone", "[gm][vault]") {
    auto both = Keyring::of(test::master(2)).value();
    REQUIRE(both.also_opens(test::master(1)).has_value());
    const auto old_vault = Keyring::of(test::master(1)).value().vault(Cipher::sm4_ctr_hmac_sm3),
               new_vault = Keyring::of(test::master(2)).value().vault(Cipher::aes_256_gcm),
               vault = both.vault(Cipher::sm4_ctr_hmac_sm3);
    const auto fresh = old_vault->make().value();
    const auto sealed = fresh.key->seal(as_bytes("text"), {}).value();
    CHECK(new_vault->rewrap(fresh.wrapped).error() == crypto_errc::unknown_key);
    const auto anew = vault->rewrap(fresh.wrapped).value();
    CHECK(old_vault->unwrap(anew).error() == crypto_errc::unknown_key);
    CHECK(new_vault->unwrap(anew).value()->open(sealed, {}).value() == test::bytes_of("text"));
    CHECK(vault->rewrap({}).error() == crypto_errc::malformed);
}

SCENARIO("one subject's key says nothing of another's, so that erasing one leaves the rest", "[gm][vault]") {
    const auto vault = Keyring::of(test::master(1)).value().vault(Cipher::sm4_ctr_hmac_sm3);
    const auto one = vault->make().value(), other = vault->make().value();
    CHECK(one.wrapped != other.wrapped);
    CHECK(one.key->digest({as_bytes("text")}) != other.key->digest({as_bytes("text")}));
    CHECK(other.key->open(one.key->seal(as_bytes("text"), {}).value(), {}).error() == crypto_errc::unknown_key);
}

SCENARIO("a wrapped key that was changed, or is none, does not unwrap", "[gm][vault]") {
    const auto ring = Keyring::of(test::master(1)).value();
    const auto vault = ring.vault(Cipher::sm4_ctr_hmac_sm3);
    auto wrapped = vault->make().value().wrapped;
    wrapped.back() ^= 1;
    CHECK(vault->unwrap(wrapped).error() == crypto_errc::unauthentic);
    CHECK(vault->unwrap({}).error() == crypto_errc::malformed);

    const auto wrap = ring.sealer("wrap", Cipher::sm4_ctr_hmac_sm3);
    CHECK(vault->unwrap(wrap->seal(test::pattern(32), {}).value()).error() == crypto_errc::unauthentic);
    CHECK(vault->unwrap(wrap->seal(test::pattern(31), as_bytes("hcp subject data key")).value()).error() ==
          crypto_errc::malformed);

    const auto foreign = Keyring::of(test::master(2)).value().vault(Cipher::sm4_ctr_hmac_sm3);
    CHECK(foreign->unwrap(vault->make().value().wrapped).error() == crypto_errc::unknown_key);
}
