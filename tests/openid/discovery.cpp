#include "adapters/openid/discovery.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace hcp::openid;

namespace json = boost::json;

namespace {

const std::string issuer = "https://idp.example.cn/realms/centre";

json::object document() {
    return {{"issuer", issuer},
            {"authorization_endpoint", issuer + "/auth?kc_locale=zh-CN"},
            {"token_endpoint", issuer + "/token"},
            {"jwks_uri", "https://keys.example.cn:8443/jwks?v=2"},
            {"response_types_supported", {"code", "code id_token"}},
            {"code_challenge_methods_supported", {"plain", "S256"}}};
}

bool serves(const json::object& said) {
    return std::holds_alternative<Provider>(read_provider(json::serialize(said), issuer));
}

}  // namespace

SCENARIO("what a provider says of itself is where the browser and we go", "[openid]") {
    const auto read = read_provider(json::serialize(document()), issuer);
    REQUIRE(std::holds_alternative<Provider>(read));
    const auto& provider = std::get<Provider>(read);
    CHECK(provider.issuer == issuer);
    CHECK(provider.authorize == issuer + "/auth?kc_locale=zh-CN");
    CHECK(provider.token.origin.host == "idp.example.cn");
    CHECK(provider.token.origin.port == 443);
    CHECK(provider.token.target == "/realms/centre/token");
    CHECK(provider.keys.origin.text == "https://keys.example.cn:8443");
    CHECK(provider.keys.origin.port == 8443);
    CHECK(provider.keys.target == "/jwks?v=2");
    CHECK_FALSE(provider.secret_in_body);
    AND_THEN("an issuer may end in a stroke, which an address of ours has lost") {
        auto said = document();
        said["issuer"] = issuer + "/";
        const auto other = read_provider(json::serialize(said), issuer);
        REQUIRE(std::holds_alternative<Provider>(other));
        CHECK(std::get<Provider>(other).issuer == issuer + "/");
    }
    AND_THEN("the secret goes into the body only where there is no other way") {
        for (const auto& [ways, in_body] : std::vector<std::pair<json::array, bool>>{
                 {{"client_secret_post"}, true}, {{"client_secret_basic", "client_secret_post"}, false}}) {
            auto said = document();
            said["token_endpoint_auth_methods_supported"] = ways;
            CHECK(std::get<Provider>(read_provider(json::serialize(said), issuer)).secret_in_body == in_body);
        }
    }
}

SCENARIO("a provider that does not serve is told so", "[openid]") {
    for (const auto* text : {"", "[]", "<html>", "{}", "null"}) {
        INFO(text);
        CHECK(std::holds_alternative<std::string>(read_provider(text, issuer)));
    }
    const std::pair<const char*, json::value> wrong[] = {{"issuer", "https://idp.example.cn/realms/other"},
                                                         {"issuer", json::value(issuer + "//")},
                                                         {"authorization_endpoint", "http://idp.example.cn/auth"},
                                                         {"authorization_endpoint", nullptr},
                                                         {"token_endpoint", "/token"},
                                                         {"token_endpoint", "ftp://idp.example.cn/token"},
                                                         {"token_endpoint", "https://user:word@idp.example.cn/token"},
                                                         {"jwks_uri", "http://keys.example.cn/jwks"},
                                                         {"jwks_uri", 7},
                                                         {"response_types_supported", json::array{"id_token"}},
                                                         {"code_challenge_methods_supported", json::array{"plain"}}};
    for (const auto& [name, value] : wrong) {
        auto said = document();
        said[name] = value;
        INFO(name << ' ' << json::serialize(value));
        CHECK_FALSE(serves(said));
    }
    CHECK(serves(document()));
}

SCENARIO("an address is https, or http to this machine", "[openid]") {
    CHECK(endpoint_of("http://127.0.0.1:4000")->target == "/");
    CHECK(endpoint_of("http://127.0.0.1:4000/a?b=c")->target == "/a?b=c");
    CHECK(endpoint_of("https://[2001:db8::1]/x")->origin.host == "2001:db8::1");
    for (const auto* text : {"", "x", "http://10.0.0.1/", "https://", "https:///x", "https://a/b#c",
                             "javascript:alert(1)", "n:\x86", "https://a/\x86", "https:a", "https://a:80b"}) {
        INFO(text);
        CHECK_FALSE(endpoint_of(text));
    }
}
