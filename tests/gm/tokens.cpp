#include "adapters/gm/tokens.hpp"
#include "plugin/domain/bytes.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace hcp;

SCENARIO("a token is 128 bits, can stand in an URL, and never comes twice", "[gm]") {
    const gm::RandomTokens tokens;
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const auto token = tokens.next();
        REQUIRE(token.has_value());
        CHECK(token->size() == 22);
        CHECK(token->find_first_not_of(domain::base64url_digits) == std::string::npos);
        CHECK(seen.insert(*token).second);
    }
}
