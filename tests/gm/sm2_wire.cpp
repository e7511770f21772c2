#include "adapters/gm/sm2_wire.hpp"

#include "tests/gm/support.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace hcp;
using namespace hcp::gm;
using ports::crypto_errc;

namespace {

Sm2Parts parts(std::string_view x, std::string_view y, std::size_t size) {
    Sm2Parts out;
    std::ranges::copy(test::from_hex(std::string(64 - x.size(), '0') + std::string{x}), out.x.begin());
    std::ranges::copy(test::from_hex(std::string(64 - y.size(), '0') + std::string{y}), out.y.begin());
    std::ranges::copy(test::pattern(32, 5), out.c3.begin());
    out.c2 = test::pattern(size, 6);
    return out;
}

bool equal(const Sm2Parts& a, const Sm2Parts& b) {
    return a.x == b.x && a.y == b.y && a.c3 == b.c3 && a.c2 == b.c2;
}

}  // namespace

SCENARIO("every order holds the same four parts, whatever their leading zeros and lengths", "[gm][sm2]") {
    const std::string top = "8" + std::string(63, '1'), low = "7" + std::string(63, '1');
    for (const auto& x : {std::string{"0"}, std::string{"1"}, std::string{"7f"}, std::string{"80"}, low, top,
                          top.substr(0, 62), low.substr(0, 60)})
        for (const std::size_t size : {1u, 2u, 15u, 16u, 126u, 127u, 128u, 129u, 255u, 256u, 257u, 65535u, 65536u})
            for (const auto order : {Sm2Order::c1c3c2, Sm2Order::c1c2c3, Sm2Order::der})
                for (const bool prefix04 : {true, false}) {
                    const auto there = parts(x, low, size);
                    const auto back = read_sm2(write_sm2(there, order, prefix04), order, prefix04);
                    REQUIRE(back.has_value());
                    REQUIRE(equal(there, *back));
                }
}

SCENARIO("raw coordinates are always 32 bytes, DER integers as short as they can be", "[gm][sm2]") {
    const auto small = parts("80", "7f", 3);
    const auto zeros = std::string(62, '0');
    CHECK(domain::hex_text(write_sm2(small, Sm2Order::c1c3c2, true)).starts_with("04" + zeros + "80" + zeros + "7f"));
    CHECK(domain::hex_text(write_sm2(small, Sm2Order::c1c2c3, false)).starts_with(zeros + "80" + zeros + "7f"));
    CHECK(write_sm2(small, Sm2Order::c1c3c2, false).size() == 99);
    CHECK(write_sm2(small, Sm2Order::c1c3c2, true).size() == 100);
    CHECK(domain::hex_text(write_sm2(small, Sm2Order::der, true))
              .starts_with("302e"
                           "02020080"
                           "02017f"
                           "0420"));
}

SCENARIO("raw ciphertexts that are too short, or lack the agreed prefix, are malformed", "[gm][sm2]") {
    const auto with = write_sm2(parts("1", "2", 1), Sm2Order::c1c3c2, true);
    for (std::size_t size = 0; size < with.size(); ++size)
        REQUIRE(read_sm2(View{with}.first(size), Sm2Order::c1c3c2, true).error() == crypto_errc::malformed);
    const auto without = write_sm2(parts("1", "2", 1), Sm2Order::c1c2c3, false);
    CHECK(read_sm2(without, Sm2Order::c1c2c3, true).error() == crypto_errc::malformed);
    CHECK(read_sm2(View{without}.first(96), Sm2Order::c1c2c3, false).error() == crypto_errc::malformed);
}

SCENARIO("DER that is cut, trailed, padded or of another shape is malformed", "[gm][sm2]") {
    const auto good = write_sm2(parts("1", "2", 3), Sm2Order::der, false);
    REQUIRE(read_sm2(good, Sm2Order::der, false).has_value());
    for (std::size_t size = 0; size < good.size(); ++size)
        REQUIRE(read_sm2(View{good}.first(size), Sm2Order::der, false).error() == crypto_errc::malformed);
    auto trailed = good;
    trailed.push_back(0);
    CHECK(read_sm2(trailed, Sm2Order::der, false).error() == crypto_errc::malformed);

    const std::string c3 = "0420" + domain::hex_text(test::pattern(32)),
                      xy = "020101"
                           "020102",
                      c2 = "0401ff";
    const auto sequence = [](const std::string& inside) {
        const auto size = static_cast<std::uint8_t>(inside.size() / 2);
        return test::from_hex("30" + domain::hex_text(Bytes{size}) + inside);
    };
    REQUIRE(read_sm2(sequence(xy + c3 + c2), Sm2Order::der, false).has_value());
    const std::pair<const char*, std::string> wrong[] = {
        {"a negative integer",
         "020181"
         "020102" +
             c3 + c2},
        {"an integer with a needless zero",
         "02020001"
         "020102" +
             c3 + c2},
        {"an empty integer",
         "0200"
         "020102" +
             c3 + c2},
        {"an integer of 33 bytes", "022101" + std::string(64, '0') + "020102" + c3 + c2},
        {"a digest of 31 bytes", xy + "041f" + domain::hex_text(test::pattern(31)) + c2},
        {"nothing encrypted", xy + c3 + "0400"},
        {"no ciphertext", xy + c3},
        {"a fifth element", xy + c3 + c2 + "020101"},
        {"another type",
         "040101"
         "020102" +
             c3 + c2},
        {"a length in the long form that fits the short", xy + c3 + "048101ff"},
        {"a length with a leading zero", xy + c3 +
                                             "0482"
                                             "0081" +
                                             std::string(258, '1')},
        {"an indefinite length", xy + c3 + "0480ff0000"},
    };
    for (const auto& [what, inside] : wrong) {
        INFO(what);
        CHECK(read_sm2(sequence(inside), Sm2Order::der, false).has_error());
    }
    // Long enough that every length field is the outer one's business.
    CHECK(read_sm2(test::from_hex("3084ffffffff"), Sm2Order::der, false).has_error());
    CHECK(read_sm2(test::from_hex("3085ffffffffff"), Sm2Order::der, false).has_error());
}
