#include "adapters/web/staff_page.hpp"
#include "plugin/app/desk_sessions/attempt.hpp"
#include "tests/web/staff_desk.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

using namespace hcp;
using namespace hcp::test;

namespace {

// A provider that gives a code to whom it is told to, once.
class Provider final : public ports::IdentityProvider {
public:
    void authorize(const ports::SignOnAttempt& attempt, Done<std::string> done) override {
        if (away) return done(ports::IdentityFault{"读取认证平台的配置：超时", true});
        done("https://idp.example.cn/auth?state=" + attempt.state + "&nonce=" + attempt.nonce);
    }
    void redeem(const ports::SignOnAttempt& attempt, std::string code, Done<std::string> done) override {
        const std::lock_guard lock{mutex};
        redeemed.push_back(attempt);
        if (away) return done(ports::IdentityFault{"向认证平台兑换授权码：超时", true});
        const auto who = codes.extract(code);
        if (!who) return done(ports::IdentityFault{"向认证平台兑换授权码：它答复 HTTP 400（invalid_grant）"});
        done(who.mapped());
    }

    std::mutex mutex;
    std::map<std::string, std::string> codes;
    std::vector<ports::SignOnAttempt> redeemed;
    std::atomic<bool> away = false;
};

struct OpenIdDesk : StaffDesk {
    web::StaffServices staff_services() override {
        auto all = StaffDesk::staff_services();
        all.openid = &provider;
        all.openid_name = "省统一身份认证";
        return all;
    }

    // An attempt as a browser has it.
    struct Begun {
        std::string cookie, state;
    };
    Begun begin() {
        const auto sent = get("/staff/openid");
        REQUIRE(sent.status == 303);
        const auto& location = sent.headers.at("location");
        const auto to = boost::urls::parse_uri(location);
        REQUIRE(to);
        return {cookie_of(sent), (*to->params().find("state")).value};
    }
    Answered back(const std::string& cookie, const std::string& query) {
        return get("/staff/openid/back?" + query, cookie);
    }

    Provider provider;
};

}  // namespace

SCENARIO("the centre's own sign-on leads to a session", "[web][live]") {
    OpenIdDesk desk;
    desk.start();
    CHECK(contains(desk.get("/staff/").body, "省统一身份认证登录"));
    const auto sent = desk.get("/staff/openid");
    const auto& attempt_cookie = sent.headers.at("set-cookie");
    for (const auto* part :
         {"__Host-hcp-attempt=", "; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax", "; Max-Age=600"})
        CHECK(contains(attempt_cookie, part));
    CHECK(sent.headers.at("cache-control") == "no-store");

    const auto begun = desk.begin();
    desk.provider.codes["c1"] = "S1";
    const auto answer = desk.back(begun.cookie, "code=c1&state=" + begun.state);
    REQUIRE(answer.status == 200);
    CHECK(contains(answer.body, "url=" + std::string{web::staff_home()}));
    CHECK(desk.provider.redeemed.back().back == "https://localhost/staff/openid/back");
    CHECK(desk.provider.redeemed.back().verifier.size() == 43);
    CHECK(contains(answer.body, "http-equiv=\"refresh\""));
    const auto session = StaffDesk::cookie_of(answer);
    CHECK(session.starts_with("__Host-hcp-staff="));
    CHECK(contains(desk.get("/staff/", session).body, "统一身份认证（当前）"));
    desk.server->stop(5s);
    for (const auto& secret : {std::string{"c1"}, begun.state, begun.cookie})
        CHECK_FALSE(contains(desk.web_log.all(), secret));
}

SCENARIO("a state that is forged, replayed, over, or another browser's signs nobody on", "[web][live]") {
    OpenIdDesk desk;
    desk.start();
    const auto begun = desk.begin(), other = desk.begin();
    desk.provider.codes["c1"] = "S1";
    const auto refused = [&](const std::string& cookie, const std::string& query) {
        INFO(query);
        const auto answer = desk.back(cookie, query);
        CHECK(answer.status == 403);
        CHECK(answer.headers.at("set-cookie").starts_with("__Host-hcp-attempt=; "));
        return answer.body;
    };
    const auto said = refused("", "code=c1&state=" + begun.state);
    const auto longer = std::to_string(std::stoll(begun.state) + 3600) + begun.state.substr(begun.state.find('.'));
    for (const auto& [cookie, state] :
         std::vector<std::pair<std::string, std::string>>{{other.cookie, begun.state},
                                                          {begun.cookie, other.state},
                                                          {begun.cookie, longer},
                                                          {begun.cookie, begun.state + "A"},
                                                          {begun.cookie, "x"},
                                                          {begun.cookie, ""},
                                                          {"__Host-hcp-attempt=" + std::string(22, 'A'), begun.state}})
        CHECK(refused(cookie, "code=c1&state=" + state) == said);
    CHECK(refused(begun.cookie, "%zz") == said);
    CHECK(desk.provider.redeemed.empty());

    REQUIRE(desk.back(begun.cookie, "code=c1&state=" + begun.state).status == 200);
    desk.provider.codes["c2"] = "S1";
    CHECK(refused(begun.cookie, "code=c2&state=" + begun.state) == said);
    CHECK(desk.provider.redeemed.size() == 1);

    desk.clock.set(desk.clock.now() + app::attempt_life);
    CHECK(refused(other.cookie, "code=c2&state=" + other.state) == said);
    CHECK(desk.provider.redeemed.size() == 1);
    AND_THEN("so does whom the provider refuses, and who is not on the roster") {
        for (const auto* query : {"error=access_denied&error_description=%3Cb%3E", "code=used", "code="}) {
            const auto again = desk.begin();
            CHECK(refused(again.cookie, std::string{query} + "&state=" + again.state) == said);
        }
        const auto again = desk.begin();
        desk.provider.codes["c3"] = "S9";
        CHECK(refused(again.cookie, "code=c3&state=" + again.state) == said);
        const auto endless = desk.begin();
        CHECK(refused(endless.cookie, "code=" + std::string(4097, 'c') + "&state=" + endless.state) == said);
    }
}

SCENARIO("a provider that is away is said to be, and the other ways are open", "[web][live]") {
    OpenIdDesk desk;
    desk.start();
    const auto begun = desk.begin();
    desk.provider.away = true;
    for (const auto& answer : {desk.get("/staff/openid"), desk.back(begun.cookie, "code=c1&state=" + begun.state)}) {
        CHECK(answer.status == 503);
        CHECK(contains(answer.body, "省统一身份认证没有应答"));
    }
    CHECK(desk.holds(desk.signed_on("S1")));
    desk.server->stop(5s);
    CHECK(contains(desk.web_log.all(), "超时"));
}

SCENARIO("where there is no provider there is no way to it", "[web][live]") {
    StaffDesk desk;
    desk.start();
    CHECK_FALSE(contains(desk.get("/staff/").body, "/staff/openid"));
    CHECK(desk.get("/staff/openid").status == 404);
}
