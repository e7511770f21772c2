#include "adapters/openid/id_token.hpp"

#include "tests/openid/signer.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::openid;
using namespace hcp::test;
using namespace std::chrono_literals;

namespace json = boost::json;

namespace {

const domain::Instant now{1'767'225'600s};  // 2026-01-01

json::object claims() {
    return {{"iss", "https://idp.example.cn/realms/centre"},
            {"aud", "haochaping"},
            {"exp", 1'767'225'600 + 300},
            {"iat", 1'767'225'600 - 5},
            {"nonce", "n-1"},
            {"sub", "8d2f"},
            {"employee_no", "G5001"}};
}

json::object claims(std::string_view name, const json::value& value) {
    auto all = claims();
    all[name] = value;
    return all;
}

json::object without(std::string_view name) {
    auto all = claims();
    all.erase(name);
    return all;
}

const IdTokenTerms terms{"https://idp.example.cn/realms/centre", "haochaping", "employee_no", "n-1"};

using Verdict = std::variant<std::string, TokenFault>;

}  // namespace

SCENARIO("a token that the provider signed for this attempt tells the staff id", "[openid]") {
    const Signer rsa{"RSA", "k1"}, ec{"EC", "k2"};
    const auto keys = SigningKeys::read(key_set({rsa.public_key(), ec.public_key()}));
    REQUIRE(keys);
    for (const auto* signer : {&rsa, &ec}) {
        CHECK(staff_id_in(signer->token(claims()), *keys, terms, now) == Verdict{"G5001"});
        CHECK(staff_id_in(signer->token(claims("aud", {"haochaping"})), *keys, terms, now) == Verdict{"G5001"});
        CHECK(staff_id_in(signer->token(claims("exp", 1'767'225'599.5)), *keys, terms, now) == Verdict{"G5001"});
        CHECK(staff_id_in(signer->token(claims("azp", "haochaping")), *keys, terms, now) == Verdict{"G5001"});
    }
    AND_THEN("a token that names no key is of the only one of its kind") {
        CHECK(staff_id_in(rsa.token(claims(), {{"alg", "RS256"}}), *keys, terms, now) == Verdict{"G5001"});
        const Signer other{"RSA", "k3"};
        const auto two = SigningKeys::read(key_set({rsa.public_key(), other.public_key()}));
        CHECK(staff_id_in(rsa.token(claims(), {{"alg", "RS256"}}), *two, terms, now) ==
              Verdict{TokenFault::unknown_key});
    }
}

SCENARIO("whatever a token says that does not hold is told apart", "[openid]") {
    const Signer rsa{"RSA", "k1"}, other{"RSA", "k1"}, ec{"EC", "k2"};
    const auto keys = SigningKeys::read(key_set({rsa.public_key(), ec.public_key()}));
    REQUIRE(keys);
    const auto verdict = [&](const std::string& token) { return staff_id_in(token, *keys, terms, now); };
    const auto good = rsa.token(claims());
    const auto parts = [&](const std::string& token) {
        const auto first = token.find('.'), last = token.rfind('.');
        return std::array{token.substr(0, first), token.substr(first + 1, last - first - 1), token.substr(last + 1)};
    };
    struct Row {
        const char* what;
        std::string token;
        TokenFault fault;
    };
    using enum TokenFault;
    const auto [head, body, signature] = parts(good);
    const auto forged = parts(rsa.token(claims("employee_no", "G4001")))[1];
    const std::vector<Row> rows{
        {"nothing", "", malformed},
        {"no dots", "abc", malformed},
        {"one dot", "a.b", malformed},
        {"four parts", good + ".x", malformed},
        {"no base64", "!!." + body + "." + signature, malformed},
        {"padding", head + "=." + body + "." + signature, malformed},
        {"no JSON", domain::base64url_text(ports::as_bytes("x")) + "." + body + "." + signature, malformed},
        {"a list for claims", rsa.token(json::array{1}, {{"alg", "RS256"}, {"kid", "k1"}}), malformed},
        {"what we do not know and must", rsa.token(claims(), {{"alg", "RS256"}, {"kid", "k1"}, {"crit", {"b64"}}}),
         malformed},
        {"longer than any", std::string(100'000, 'a') + "." + body + "." + signature, malformed},
        {"no signature at all", parts(rsa.token(claims(), {{"alg", "none"}}))[0] + "." + body + ".", other_algorithm},
        {"none, with one", rsa.token(claims(), {{"alg", "none"}, {"kid", "k1"}}), other_algorithm},
        {"our public key for a shared secret", rsa.token(claims(), {{"alg", "HS256"}, {"kid", "k1"}}), other_algorithm},
        {"no algorithm", rsa.token(claims(), {{"kid", "k1"}}), other_algorithm},
        {"a key that is not there", rsa.token(claims(), {{"alg", "RS256"}, {"kid", "k9"}}), unknown_key},
        {"a key of another kind", rsa.token(claims(), {{"alg", "ES256"}, {"kid", "k1"}}), unknown_key},
        {"another's signature", other.token(claims()), bad_signature},
        {"another's claims", head + "." + forged + "." + signature, bad_signature},
        {"half a signature", head + "." + body + "." + signature.substr(0, 200), bad_signature},
        {"an issuer that looks alike", rsa.token(claims("iss", "https://idp.example.cn/realms/centre/")), other_issuer},
        {"no issuer", rsa.token(without("iss")), other_issuer},
        {"for another", rsa.token(claims("aud", "portal")), other_client},
        {"for nobody", rsa.token(without("aud")), other_client},
        {"for several, of whom nobody says who", rsa.token(claims("aud", {"haochaping", "portal"})), other_client},
        {"used by another", rsa.token(claims("azp", "portal")), other_client},
        {"over", rsa.token(claims("exp", 1'767'225'600 - 61)), over},
        {"not yet", rsa.token(claims("iat", 1'767'225'600 + 3600)), over},
        {"no end", rsa.token(without("exp")), malformed},
        {"an end that is a text", rsa.token(claims("exp", "1767225900")), malformed},
        {"an end beyond all times", rsa.token(claims("exp", 1e300)), malformed},
        {"another attempt", rsa.token(claims("nonce", "n-2")), other_attempt},
        {"no attempt", rsa.token(without("nonce")), other_attempt},
        {"nobody", rsa.token(without("employee_no")), no_staff_id},
        {"an empty name", rsa.token(claims("employee_no", "")), no_staff_id},
        {"a number for a name", rsa.token(claims("employee_no", 5001)), no_staff_id},
        {"a name without end", rsa.token(claims("employee_no", json::value(std::string(65, 'G')))), no_staff_id},
    };
    for (const auto& row : rows) {
        INFO(row.what);
        CHECK(verdict(row.token) == Verdict{row.fault});
        CHECK_FALSE(text_of(row.fault).empty());
    }
    CHECK(verdict(good) == Verdict{"G5001"});
}

SCENARIO("of a provider's keys those are taken that can be relied on", "[openid]") {
    const Signer weak{"RSA", "short", 1024}, rsa{"RSA", "k1"}, ec{"EC", "k2"};
    CHECK_FALSE(SigningKeys::read(""));
    CHECK_FALSE(SigningKeys::read("[]"));
    CHECK_FALSE(SigningKeys::read(R"({"keys": {}})"));
    CHECK(SigningKeys::read(R"({"keys": []})")->empty());
    CHECK(SigningKeys::read(key_set({weak.public_key()}))->empty());
    for (const auto& [name, value] : std::vector<std::pair<const char*, const char*>>{
             {"use", "enc"}, {"alg", "RS512"}, {"kty", "oct"}, {"n", "!"}, {"e", ""}}) {
        auto jwk = rsa.public_key();
        jwk[name] = value;
        INFO(name);
        CHECK(SigningKeys::read(key_set({jwk}))->empty());
    }
    for (const auto& [name, value] :
         std::vector<std::pair<const char*, const char*>>{{"crv", "P-384"}, {"x", "AA"}, {"y", ""}}) {
        auto jwk = ec.public_key();
        jwk[name] = value;
        INFO(name);
        CHECK(SigningKeys::read(key_set({jwk}))->empty());
    }
    const auto mixed = SigningKeys::read(key_set({weak.public_key(), rsa.public_key(), {{"kty", "OKP"}}}));
    CHECK(mixed->find(Algorithm::rs256, "k1") != nullptr);
    CHECK(mixed->find(Algorithm::rs256, "short") == nullptr);
}
