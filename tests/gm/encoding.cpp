#include "adapters/gm/encoding.hpp"

#include "tests/gm/support.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::gm;
using ports::crypto_errc;
using test::bytes_of;

SCENARIO("hexadecimal goes there and back, in either case", "[gm][encoding]") {
    Bytes all(256);
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = static_cast<std::uint8_t>(i);
    CHECK(hex_upper(Bytes{0x00, 0x0a, 0xff}) == "000AFF");
    CHECK(unhex(domain::hex_text(all)).value() == all);
    CHECK(unhex(hex_upper(all)).value() == all);
    CHECK(unhex("").value().empty());
    for (const auto* wrong : {"0", "0g", "g0", " 00", "00\n", "0x00"})
        CHECK(unhex(wrong).error() == crypto_errc::malformed);
    CHECK(unhex_secret("00ff").value().same_as(Bytes{0x00, 0xff}));
}

SCENARIO("base64 follows the vectors of RFC 4648", "[gm][encoding]") {
    const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                           {"f", "Zg=="},
                                                           {"fo", "Zm8="},
                                                           {"foo", "Zm9v"},
                                                           {"foob", "Zm9vYg=="},
                                                           {"fooba", "Zm9vYmE="},
                                                           {"foobar", "Zm9vYmFy"}};
    for (const auto& [plain, text] : vectors) {
        CHECK(base64(bytes_of(plain)) == text);
        CHECK(unbase64(text).value() == bytes_of(plain));
    }
    CHECK(base64(Bytes{0xfb, 0xff, 0xfe}) == "+//+");
    CHECK(unbase64("+//+").value() == Bytes{0xfb, 0xff, 0xfe});
}

SCENARIO("base64 may be broken into lines, and is otherwise refused unless canonical", "[gm][encoding]") {
    CHECK(unbase64("Zm9v\r\nYmFy\n").value() == bytes_of("foobar"));
    for (const auto* wrong : {"Zg", "Zg=", "Zg===", "Z", "Zh==", "Zm9=", "Zg==Zg==", "Zm-v", "=", "====", "Zm9v===="})
        CHECK(unbase64(wrong).error() == crypto_errc::malformed);
}

SCENARIO("base64 of any length goes there and back", "[gm][encoding]") {
    for (std::size_t size = 0; size < 200; ++size) {
        const auto plain = test::pattern(size, static_cast<unsigned>(size));
        REQUIRE(unbase64(base64(plain)).value() == plain);
    }
}

SCENARIO("random bytes come in the number asked for and are not the same twice", "[gm][encoding]") {
    CHECK(random_bytes(0).value().empty());
    const auto first = random_bytes(32).value(), second = random_bytes(32).value();
    CHECK(first.size() == 32);
    CHECK(first != second);
    const auto secret = random_secret(32).value();
    CHECK(secret.view().size() == 32);
    CHECK_FALSE(secret.same_as(random_secret(32).value().view()));
}
