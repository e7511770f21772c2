#include "adapters/gm/sm2_tables.hpp"

#include "adapters/gm/sm2_key.hpp"
#include "tests/gm/support.hpp"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <catch2/catch.hpp>

#include <sys/resource.h>

#include <algorithm>
#include <set>

using namespace hcp;
using namespace hcp::gm;
using ports::crypto_errc;

namespace {

using Group = Handle<EC_GROUP, EC_GROUP_free>;
using Point = Handle<EC_POINT, EC_POINT_free>;
using Number = Handle<BIGNUM, BN_clear_free>;

// OpenSSL's own d * point, as x and y.
Bytes times(std::string_view d_hex, View point_xy) {
    const Group group{EC_GROUP_new_by_curve_name(NID_sm2)};
    const Point point{EC_POINT_new(group.get())};
    Bytes octets(65, 4);
    std::ranges::copy(point_xy, octets.begin() + 1);
    REQUIRE(EC_POINT_oct2point(group.get(), point.get(), octets.data(), octets.size(), nullptr) == 1);
    BIGNUM* d = nullptr;
    REQUIRE(BN_hex2bn(&d, std::string{d_hex}.c_str()) == 64);
    const Number scalar{d};
    REQUIRE(EC_POINT_mul(group.get(), point.get(), nullptr, point.get(), scalar.get(), nullptr) == 1);
    REQUIRE(EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, octets.data(), octets.size(),
                               nullptr) == octets.size());
    return {octets.begin() + 1, octets.end()};
}

std::string hex(View bytes) {
    return domain::hex_text(bytes);
}

}  // namespace

SCENARIO("the second point is the private key times the first, for keys small, large and drawn", "[gm][sm2]") {
    std::vector<std::string> keys{std::string(63, '0') + "1", std::string(63, '0') + "2",
                                  "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54121"};
    for (int i = 0; i < 5; ++i) keys.emplace_back(ports::as_text(new_sm2_private_hex().value().view()));
    for (const auto& d : keys) {
        INFO(d);
        const auto tables = Sm2Tables::of(*sm2_private_from_hex(d).value()).value();
        for (int round = 0; round < 40; ++round) {
            const auto drawn = tables.draw().value();
            REQUIRE(hex(drawn.shared) == hex(times(d, drawn.c1)));
        }
    }
}

SCENARIO("no two draws are alike, in any tables of the same key", "[gm][sm2]") {
    const auto key = sm2_private_from_hex(std::string(63, '0') + "7").value();
    const auto one = Sm2Tables::of(*key).value(), other = Sm2Tables::of(*key).value();
    std::set<std::string> seen;
    for (int round = 0; round < 500; ++round) {
        CHECK(seen.insert(hex(one.draw()->c1)).second);
        CHECK(seen.insert(hex(other.draw()->c1)).second);
    }
}

SCENARIO("a key of another curve has no tables", "[gm][sm2]") {
    for (const auto* curve : {"P-256", "P-384"}) {
        const PKey key{EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve)};
        REQUIRE(key);
        CHECK(Sm2Tables::of(*key).error() == crypto_errc::bad_key);
    }
}

SCENARIO("what the process may lock stays the host's", "[gm][sm2]") {
    rlimit before{}, after{};
    REQUIRE(::getrlimit(RLIMIT_MEMLOCK, &before) == 0);
    CHECK(Sm2Tables::of(*sm2_private_from_hex(std::string(63, '0') + "3").value()).has_value());
    REQUIRE(::getrlimit(RLIMIT_MEMLOCK, &after) == 0);
    CHECK(after.rlim_cur == before.rlim_cur);
}
