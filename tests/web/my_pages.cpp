#include "tests/support/many_open.hpp"
#include "tests/web/web_desk.hpp"

#include <boost/json.hpp>

#include <regex>
#include <set>

using namespace hcp;
using namespace hcp::test;

namespace {

struct SignedOnDesk : WebDesk {
    std::string sign_on() {
        const auto response = get("/s?ticket=good");
        REQUIRE(response.status == 303);
        const auto cookie = header(response, "Set-Cookie");
        return cookie.substr(0, cookie.find(';'));
    }
};

}  // namespace

SCENARIO("a ticket becomes a session and leaves the address bar", "[web]") {
    SignedOnDesk desk;
    const auto response = desk.get("/s?ticket=good");
    CHECK(response.status == 303);
    CHECK(header(response, "Location") == "/my");
    const auto cookie = header(response, "Set-Cookie");
    for (const auto* part : {"__Host-hcp_session=", "; HttpOnly", "; SameSite=Lax", "; Secure", "; Path=/"})
        CHECK(contains(cookie, part));
    CHECK(desk.get("/my", desk.sign_on()).status == 200);
}

SCENARIO("without a session there is nothing to see", "[web]") {
    SignedOnDesk desk;
    CHECK(desk.get("/my").status == 401);
    CHECK(desk.get("/my", "__Host-hcp_session=guess").status == 401);
    CHECK(desk.get("/api/v1/my").status == 401);
    CHECK(desk.get("/s").status == 400);
    CHECK(desk.get("/s?ticket=").status == 400);
    CHECK(desk.get("/s?ticket=" + std::string(600, 'x')).status == 400);
    CHECK(desk.get("/s?ticket=bad").status == 403);
    web::Request look;
    look.method = web::Method::head;
    look.path = "/s?ticket=good";
    CHECK(desk.ask(look).status == 405);
    AND_THEN("staff cannot rate for a subject") {
        const auto staff = desk.get("/s?ticket=staff");
        CHECK(staff.status == 403);
        CHECK(contains(staff.body, "工作人员不能"));
    }
}

SCENARIO("a session ends when its owner says so, and by no bad ticket", "[web]") {
    SignedOnDesk desk;
    const auto session = desk.sign_on();
    for (const auto* bad : {"/s?ticket=bad", "/s?ticket=staff", "/s?ticket="}) {
        CHECK(desk.get(bad, session).status >= 400);
        CHECK(desk.get("/my", session).status == 200);
    }
    CHECK(desk.get("/my", session + "; __Host-hcp_session=another").status == 401);

    web::Request out;
    out.method = web::Method::post;
    out.path = "/sign-out";
    out.cookie = session;
    out.fetch_site = "cross-site";
    CHECK(desk.ask(out).status == 403);
    CHECK(desk.get("/my", session).status == 200);
    out.fetch_site = "same-origin";
    const auto gone = desk.ask(out);
    CHECK(gone.status == 303);
    CHECK(contains(header(gone, "Set-Cookie"), "__Host-hcp_session=; "));
    CHECK(contains(header(gone, "Set-Cookie"), "Max-Age=0"));
    CHECK(desk.get("/my", session).status == 401);
}

SCENARIO("a known key of a query has its values; of others no notice is taken", "[web]") {
    SignedOnDesk desk;
    const auto event = Desk::completion("C1");
    desk.apply({event});
    const auto page = "/e/" + desk.token_text(event), session = desk.sign_on();
    for (const auto* fine :
         {"?from=singlemessage&isappinstalled=0", "?elder=on", "?elder=", "?lang=en", "?noted=1", ""})
        CHECK(desk.get(page + fine).status == 200);
    for (const auto* wrong : {"?elder=yes", "?lang=fr", "?noted=2", "?already=no", "?elder=on&elder=x", "?a=%zz"})
        CHECK(desk.get(page + wrong).status == 400);
    CHECK(desk.get("/my?state=all", session).status == 400);
    CHECK(desk.get("/my?cursor=x", session).status == 400);
    CHECK(desk.get("/healthz?state=x").status == 200);
}

SCENARIO("the list has what waits and what was said, each with its own link, and only one's own", "[web]") {
    SignedOnDesk desk;
    auto first = Desk::completion("C1"), second = Desk::completion("C2"),
         foreign = Desk::completion("C3", {"91370000BBBBBBBB2Y"});
    second.project_name = "第二项目";
    desk.apply({first, second, foreign});
    const auto session = desk.sign_on();
    auto page = desk.get("/my", session);
    CHECK(contains(page.body, "待评价（2）"));
    CHECK(contains(page.body, "href=\"/e/" + desk.token_text(first) + "\""));
    CHECK(contains(page.body, "href=\"/e/" + desk.token_text(second) + "\""));
    CHECK_FALSE(contains(page.body, "C3"));

    AND_WHEN("one is filtered by its project") {
        page = desk.get("/my?project=P-C2", session);
        CHECK(contains(page.body, "待评价（1）"));
        CHECK_FALSE(contains(page.body, desk.token_text(first)));
        CHECK(contains(page.body, desk.token_text(second)));
    }
    AND_WHEN("one is rated") {
        desk.rate(first, Level::satisfied, desk.clock.now());
        page = desk.get("/my?state=rated", session);
        CHECK(contains(page.body, "我的评价（1）"));
        CHECK(contains(page.body, "已评价：满意"));
        CHECK_FALSE(contains(page.body, desk.token_text(second)));
    }
    AND_WHEN("one ends without a word of the subject's, it is not said to be rated by it") {
        desk.apply({domain::Withdrawal{first.key, desk.clock.now(), "撤回"}});
        desk.clock.set(desk.view(second).evaluation.deadline + 2min);
        REQUIRE(desk.settler->sweep(desk.clock.now(), 10)->defaulted == 2);
        const auto again = desk.sign_on();
        page = desk.get("/my?state=closed", again);
        CHECK(contains(page.body, "待评价（0）"));
        CHECK(contains(page.body, "我的评价（0）"));
        CHECK(contains(page.body, "已截止（2）"));
        CHECK(contains(page.body, desk.token_text(first)));
        CHECK(contains(page.body, desk.token_text(second)));
        const auto body = boost::json::parse(desk.get("/api/v1/my?state=closed", again).body).as_object();
        CHECK(body.at("pending_count") == 0);
        CHECK(body.at("rated_count") == 0);
        CHECK(body.at("closed_count") == 2);
    }
    AND_WHEN("it is asked for as JSON") {
        const auto body = boost::json::parse(desk.get("/api/v1/my", session).body).as_object();
        CHECK(body.at("evaluations").as_array().size() == 2);
        CHECK(body.at("evaluations").as_array()[0].at("id").is_string());
        CHECK(body.at("evaluations").as_array()[0].at("link").as_string() ==
              "https://pj.example.cn/e/" + desk.token_text(first));
    }
}

SCENARIO("a long list comes in pages that leave nothing out and repeat nothing", "[web]") {
    SignedOnDesk desk;
    std::vector<Event> events;
    for (int i = 0; i < 45; ++i) events.emplace_back(Desk::completion("C" + std::to_string(i)));
    desk.apply(std::move(events));
    const auto session = desk.sign_on();
    std::set<std::string> seen;
    std::string path = "/api/v1/my";
    int pages = 0;
    for (;; ++pages) {
        const auto body = boost::json::parse(desk.get(path, session).body).as_object();
        CHECK(body.at("pending_count") == 45);
        for (const auto& row : body.at("evaluations").as_array())
            CHECK(seen.insert(std::string{row.at("case_no").as_string()}).second);
        if (!body.contains("next")) break;
        path = "/api/v1/my?cursor=" + std::string{body.at("next").as_string()};
    }
    CHECK(pages == 2);
    CHECK(seen.size() == 45);
    for (const auto* bad : {"x", "-1", "0", "99999999999999999999", "1", "1-", "-1-1", "1-0", "1-1-1"})
        CHECK(desk.get("/my?cursor=" + std::string{bad}, session).status == 400);
    for (const auto* bad : {"x", "-1", "0", "99999999999999999999", "1-1"})
        CHECK(desk.get("/my?state=rated&cursor=" + std::string{bad}, session).status == 400);
    CHECK(desk.get("/api/v1/my?state=done", session).status == 400);
}

SCENARIO("a list longer than any count shows what ends first, and each page links to the next", "[web]") {
    SignedOnDesk desk;
    constexpr std::size_t total = 450, in_page = 20;
    open_many(desk, Desk::completion("C0"), total);
    const auto session = desk.sign_on();
    std::set<std::string> seen;
    std::string path = "/my";
    std::size_t pages = 0;
    for (; !path.empty(); ++pages) {
        const auto page = desk.get(path, session);
        REQUIRE(page.status == 200);
        CHECK(contains(page.body, "待评价（200+）"));
        const std::regex row{"href=\"/e/([^\"]+)\""}, next{"href=\"([^\"]+)\" rel=\"next\""};
        std::size_t rows = 0;
        for (std::sregex_iterator at{page.body.begin(), page.body.end(), row}, end; at != end; ++at, ++rows)
            CHECK(seen.insert((*at)[1]).second);
        CHECK(rows <= in_page);
        std::smatch found;
        path = std::regex_search(page.body, found, next) ? found[1].str() : "";
        path = std::regex_replace(path, std::regex{"&amp;"}, "&");
    }
    CHECK(seen.size() == total);
    CHECK(pages == (total + in_page - 1) / in_page);

    AND_WHEN("the first of them is over") {
        desk.clock.set(desk.view(Desk::completion("C0")).evaluation.deadline);
        CHECK_FALSE(contains(desk.get("/my", session).body, desk.token_text(Desk::completion("C0"))));
    }
}
