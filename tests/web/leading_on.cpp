// No page is a dead end: the next case, the list, the portal; and what follows a bad review.
#include "tests/web/web_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

struct ThreeCases : WebDesk {
    ThreeCases() {
        settings.portal_url = ports::Url{"https", "portal.example.cn", 443, "", "https://portal.example.cn"};
        apply({first, second, third});
    }
    std::string sign_on() {
        const auto cookie = header(get("/s?ticket=good"), "Set-Cookie");
        return cookie.substr(0, cookie.find(';'));
    }
    Completion first = completion("C1"), second = completion("C2"), third = completion("C3");
};

}  // namespace

SCENARIO("whoever is signed on is led from what is done to what waits", "[web]") {
    ThreeCases desk;
    const auto session = desk.sign_on();
    const auto path = "/e/" + desk.token_text(desk.first);
    desk.rate(desk.first, Level::satisfied, desk.clock.now());
    const auto receipt = desk.get(path + "/receipt", session);
    CHECK(contains(receipt.body, "下一件（还有 2 件）"));
    CHECK(contains(receipt.body, "class=\"button main\" href=\"/e/" + desk.token_text(desk.second) + "\""));
    CHECK(contains(receipt.body, "href=\"/my\">返回列表"));
    CHECK(contains(receipt.body, "href=\"https://portal.example.cn\""));
    AND_THEN("an open one leads to the list only, and never to itself") {
        const auto open = desk.get("/e/" + desk.token_text(desk.second), session);
        CHECK(contains(open.body, "返回列表"));
        CHECK_FALSE(contains(open.body, "下一件"));
    }
    AND_THEN("the last one leads nowhere but to the list") {
        desk.rate(desk.second, Level::satisfied, desk.clock.now());
        desk.rate(desk.third, Level::satisfied, desk.clock.now());
        CHECK_FALSE(contains(desk.get(path + "/receipt", session).body, "下一件"));
    }
    AND_THEN("whoever only holds the link learns of no other case") {
        const auto bare = desk.get(path + "/receipt");
        CHECK_FALSE(contains(bare.body, "下一件"));
        CHECK_FALSE(contains(bare.body, desk.token_text(desk.second)));
        CHECK_FALSE(contains(bare.body, "返回列表"));
        CHECK(contains(bare.body, "https://portal.example.cn"));
    }
}

SCENARIO("what does not open leads to the portal, where there is one", "[web]") {
    ThreeCases desk;
    for (const auto* path : {"/my", "/e/none", "/s?ticket=bad"})
        CHECK(contains(desk.get(path).body, "href=\"https://portal.example.cn\""));
    ThreeCases without;
    without.settings.portal_url.reset();
    for (const auto* path : {"/my", "/e/none"}) CHECK_FALSE(contains(without.get(path).body, "去交易平台"));
}

SCENARIO("the receipt of a bad review says what follows, by whom and by when (M14)", "[web]") {
    ThreeCases desk;
    const auto path = "/e/" + desk.token_text(desk.first);
    desk.post_form(path, "stage=details&request_key=k&level=2&tag_2=207");
    const auto receipt = desk.get(path + "/receipt");
    CHECK(contains(receipt.body, "接下来会怎样"));
    CHECK(contains(receipt.body, "2026-09-28 24:00 之前"));
    CHECK(contains(receipt.body, "交易一部</bdi>会主动联系您"));
    CHECK(contains(receipt.body, "2026-10-09 24:00 之前完成整改"));
    CHECK(contains(receipt.body, "第14条"));
    AND_THEN("that of a good one does not") {
        const auto other = "/e/" + desk.token_text(desk.second);
        desk.post_form(other, "request_key=k&level=4");
        CHECK_FALSE(contains(desk.get(other + "/receipt").body, "接下来会怎样"));
    }
    AND_THEN("that of one given under bid secrecy names no time (E39)") {
        auto secret = Desk::completion("C9");
        secret.secrecy = Secrecy::until_opening();
        desk.apply({secret});
        const auto sealed = "/e/" + desk.token_text(secret);
        desk.post_form(sealed, "stage=details&request_key=k&level=2&tag_2=207");
        const auto page = desk.get(sealed + "/receipt");
        CHECK(contains(page.body, "开标之前没有人看得到它"));
        CHECK_FALSE(contains(page.body, "之前完成整改"));
    }
}

SCENARIO("a card of the list takes a level where it stands", "[web]") {
    ThreeCases desk;
    const auto list = desk.get("/my", desk.sign_on());
    const auto path = "/e/" + desk.token_text(desk.first);
    CHECK(contains(list.body, "<form method=\"post\" action=\"" + path + "\">"));
    CHECK_FALSE(contains(list.body, " checked"));
    CHECK(header(desk.post_form(path, "request_key=k&level=4"), "Location") == path + "/receipt");
    const auto bad = "/e/" + desk.token_text(desk.second);
    CHECK(header(desk.post_form(bad, "request_key=k&level=1"), "Location") == bad);
    CHECK(contains(desk.get("/my", desk.sign_on()).body, "value=\"1\" required checked"));
}
