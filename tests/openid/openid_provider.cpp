#include "adapters/openid/openid_provider.hpp"

#include "tests/openid/signer.hpp"
#include "tests/support/manual_clock.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <catch2/catch.hpp>

#include <map>
#include <optional>

using namespace hcp;
using namespace hcp::openid;
using namespace hcp::test;
using namespace std::chrono_literals;

namespace json = boost::json;

namespace {

// A provider as its servers are asked; nothing goes over a network.
struct Stage {
    Stage() {
        document = {{"issuer", "https://idp.example.cn"},
                    {"authorization_endpoint", "https://idp.example.cn/auth"},
                    {"token_endpoint", "https://idp.example.cn/token"},
                    {"jwks_uri", "https://idp.example.cn/keys"}};
        settings.issuer = {"https", "idp.example.cn", 443, "", "https://idp.example.cn"};
        settings.client_id = "haochaping";
        settings.staff_claim = "sub";
        settings.scope = "openid";
    }

    OpenIdProvider provider(std::string_view secret = {}) {
        ProviderOptions options{settings, ports::Secret{ports::as_bytes(secret)}};
        return {std::move(options),
                [this](const ports::Url& origin, const Question& question, const auto& done) {
                    CHECK(origin.text == "https://idp.example.cn");
                    asked.push_back(question);
                    if (question.target == silent) return done("超时");
                    if (question.target == discovery_path) return done(Answer{200, json::serialize(document)});
                    if (question.target == "/keys") return done(Answer{200, key_set({key.public_key()})});
                    CHECK(question.target == "/token");
                    done(answer);
                },
                clock};
    }
    void answer_with(const Signer& signer, const std::string& nonce = "n-1") {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(clock.now().time_since_epoch()).count();
        const auto token = signer.token(json::object{{"iss", "https://idp.example.cn"},
                                                     {"aud", "haochaping"},
                                                     {"exp", seconds + 300},
                                                     {"iat", seconds},
                                                     {"nonce", nonce},
                                                     {"sub", "G5001"}});
        answer = {200, json::serialize(json::object{{"id_token", token}, {"token_type", "Bearer"}})};
    }
    std::size_t times(std::string_view target) const {
        return static_cast<std::size_t>(
            std::ranges::count(asked, target, [](const Question& one) { return one.target; }));
    }

    ports::OpenIdSettings settings;
    json::object document;
    ManualClock clock;
    Signer key{"RSA", "k1"};
    Answer answer{500, ""};
    std::string silent;
    std::vector<Question> asked;
};

const ports::SignOnAttempt attempt{"s-1", "n-1", std::string(43, 'v'), "https://desk.example.cn/staff/openid/back"};

template <class Ask>
std::variant<std::string, ports::IdentityFault> outcome(const Ask& ask) {
    std::optional<std::variant<std::string, ports::IdentityFault>> got;
    ask([&](auto value) {
        CHECK_FALSE(got);
        got = std::move(value);
    });
    REQUIRE(got);
    return *std::move(got);
}
std::variant<std::string, ports::IdentityFault> redeemed(OpenIdProvider& provider) {
    return outcome([&](auto done) { provider.redeem(attempt, "c/1", done); });
}
const std::string& told(const std::variant<std::string, ports::IdentityFault>& got) {
    const auto* const fault = std::get_if<ports::IdentityFault>(&got);
    INFO((fault ? fault->why : std::string{}));
    REQUIRE(fault == nullptr);
    return std::get<std::string>(got);
}
const ports::IdentityFault& fault_of(const std::variant<std::string, ports::IdentityFault>& got) {
    REQUIRE(std::holds_alternative<ports::IdentityFault>(got));
    return std::get<ports::IdentityFault>(got);
}

}  // namespace

SCENARIO("the browser is sent with what binds the way back to it", "[openid]") {
    Stage stage;
    auto provider = stage.provider();
    const auto to = told(outcome([&](auto done) { provider.authorize(attempt, done); }));
    const auto read = boost::urls::parse_uri(to);
    REQUIRE(read);
    CHECK(read->encoded_path() == "/auth");
    std::map<std::string, std::string> said;
    for (const auto& one : read->params()) said.emplace(one.key, one.value);
    CHECK(said == std::map<std::string, std::string>{
                      {"response_type", "code"},
                      {"client_id", "haochaping"},
                      {"redirect_uri", attempt.back},
                      {"scope", "openid"},
                      {"state", "s-1"},
                      {"nonce", "n-1"},
                      // printf 'v%.0s' {1..43} | openssl dgst -sha256 -binary | basenc --base64url
                      {"code_challenge", "7w_YNF9DSfIdPf_pRjSq646_kPr-2-o9NAl16JGghdM"},
                      {"code_challenge_method", "S256"}});
    AND_THEN("what the provider is, is asked once an hour") {
        (void)outcome([&](auto done) { provider.authorize(attempt, done); });
        CHECK(stage.times(discovery_path) == 1);
        stage.clock.set(stage.clock.now() + 1h);
        (void)outcome([&](auto done) { provider.authorize(attempt, done); });
        CHECK(stage.times(discovery_path) == 2);
    }
    AND_THEN("an address with a query of its own keeps it") {
        stage.document["authorization_endpoint"] = "https://idp.example.cn/auth?tenant=7";
        auto other = stage.provider();
        CHECK(told(outcome([&](auto done) {
                  other.authorize(attempt, done);
              })).starts_with("https://idp.example.cn/auth?tenant=7&response_type=code&"));
    }
}

SCENARIO("a code is exchanged with what only we have, and the token says who it is", "[openid]") {
    Stage stage;
    stage.answer_with(stage.key);
    auto provider = stage.provider();
    CHECK(told(redeemed(provider)) == "G5001");
    const auto exchange = std::ranges::find(stage.asked, "/token", [](const Question& one) { return one.target; });
    REQUIRE(exchange != stage.asked.end());
    CHECK(exchange->method == "POST");
    CHECK_FALSE(exchange->repeatable);
    CHECK(exchange->body ==
          "grant_type=authorization_code&code=c%2F1&redirect_uri=https%3A%2F%2Fdesk.example.cn%2Fstaff%2Fopenid%2Fback"
          "&code_verifier=" +
              attempt.verifier + "&client_id=haochaping");
    CHECK(exchange->headers.size() == 1);
    AND_THEN("keys that are known are not read again") {
        CHECK(told(redeemed(provider)) == "G5001");
        CHECK(stage.times("/keys") == 1);
    }
    AND_THEN("a new key is read once, and a name that nobody has does not have them read at every try") {
        stage.key = Signer{"EC", "k2"};
        stage.answer_with(stage.key);
        CHECK_FALSE(fault_of(redeemed(provider)).unreachable);
        stage.clock.set(stage.clock.now() + 1min);
        CHECK(told(redeemed(provider)) == "G5001");
        stage.answer_with(Signer{"EC", "k9"});
        for (int i = 0; i < 3; ++i) (void)fault_of(redeemed(provider));
        CHECK(stage.times("/keys") == 2);
    }
}

SCENARIO("a client's secret goes where the provider takes it", "[openid]") {
    Stage stage;
    stage.answer_with(stage.key);
    auto provider = stage.provider("s:e/c");
    CHECK(told(redeemed(provider)) == "G5001");
    // printf 'haochaping:s%%3Ae%%2Fc' | base64
    CHECK(stage.asked[1].headers.back() ==
          std::pair<std::string, std::string>{"Authorization", "Basic aGFvY2hhcGluZzpzJTNBZSUyRmM="});
    CHECK(stage.asked[1].body.find("client_") == std::string::npos);
    stage.asked.clear();
    stage.document["token_endpoint_auth_methods_supported"] = json::array{"client_secret_post"};
    auto other = stage.provider("s:e/c");
    CHECK(told(redeemed(other)) == "G5001");
    CHECK(stage.asked[1].body.ends_with("&client_id=haochaping&client_secret=s%3Ae%2Fc"));
    CHECK(stage.asked[1].headers.size() == 1);
}

SCENARIO("whatever goes wrong is told once, with what to do and without a secret", "[openid]") {
    Stage stage;
    stage.answer_with(stage.key);
    for (const auto* target : {"/.well-known/openid-configuration", "/token", "/keys"}) {
        INFO(target);
        stage.silent = target;
        auto provider = stage.provider();
        const auto fault = fault_of(redeemed(provider));
        CHECK(fault.unreachable);
        CHECK(fault.why.find("超时") != std::string::npos);
    }
    stage.silent.clear();
    struct Row {
        Answer answer;
        const char* says;
        bool unreachable;
    };
    for (const auto& row :
         std::vector<Row>{{{400, R"({"error": "invalid_grant", "error_description": "张三 37010219900101"})"},
                           "invalid_grant",
                           false},
                          {{401, R"({"error": "<script>"})"}, "HTTP 401", false},
                          {{503, "<html>"}, "HTTP 503", true},
                          {{200, "{}"}, "没有 ID 令牌", false},
                          {{200, R"({"id_token": "x"})"}, "格式", false}}) {
        INFO(row.says);
        stage.answer = row.answer;
        auto provider = stage.provider();
        const auto fault = fault_of(redeemed(provider));
        CHECK(fault.unreachable == row.unreachable);
        CHECK(fault.why.find(row.says) != std::string::npos);
        for (const auto* never : {"张三", "script", "c/1"}) CHECK(fault.why.find(never) == std::string::npos);
    }
    stage.answer_with(stage.key, "n-2");
    auto provider = stage.provider();
    CHECK(fault_of(redeemed(provider)).why == text_of(TokenFault::other_attempt));
    stage.document["issuer"] = "https://elsewhere.example.cn";
    auto other = stage.provider();
    CHECK(fault_of(redeemed(other)).why.find("issuer") != std::string::npos);
}
