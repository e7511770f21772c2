#include "adapters/web/embedded.hpp"
#include "adapters/web/protection.hpp"
#include "adapters/web/staff_page.hpp"
#include "tests/web/staff_desk.hpp"

#include <boost/json.hpp>

using namespace hcp;
using namespace hcp::test;

namespace json = boost::json;

SCENARIO("somebody signs on by a one-time link, sees what he is, and signs out", "[web][live]") {
    StaffDesk desk;
    desk.start();
    const auto entrance = desk.get("/staff/");
    CHECK(entrance.status == 200);
    CHECK(contains(entrance.body, "登录码"));
    CHECK_FALSE(contains(entrance.body, "<script"));
    CHECK(entrance.headers.at("content-security-policy") == web::content_security_policy);
    CHECK(entrance.headers.at("strict-transport-security") == "max-age=31536000");
    CHECK(entrance.headers.at("cache-control") == "no-store");
    CHECK(desk.get(web::asset_path("assets/site.css")).status == 200);
    CHECK(desk.get("/").headers.at("location") == web::staff_home());

    const auto link = desk.link_for("S1");
    const auto opened = desk.post("/staff/sign-on", "code=" + link);
    REQUIRE(opened.status == 303);
    CHECK(opened.headers.at("location") == web::staff_home());
    const auto& set = opened.headers.at("set-cookie");
    CHECK(set.starts_with("__Host-hcp-staff="));
    for (const auto* part : {"; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict"}) CHECK(contains(set, part));
    const auto cookie = StaffDesk::cookie_of(opened);
    const auto page = desk.get("/staff/", cookie);
    CHECK(page.status == 200);
    for (const auto* part : {"S1", "姓名S1", "D1", "被评价人", "一次性链接", "当前"}) {
        INFO(part);
        CHECK(contains(page.body, part));
    }

    const auto out = desk.post("/staff/sign-out", "", StaffDesk::own_page + StaffDesk::with_cookie(cookie));
    CHECK(out.status == 303);
    CHECK(contains(out.headers.at("set-cookie"), "Max-Age=0"));
    CHECK_FALSE(desk.holds(cookie));
    CHECK(contains(desk.get("/staff/", cookie).body, "登录码"));
    desk.server->stop(5s);
    const auto secret = cookie.substr(cookie.find('=') + 1);
    CHECK_FALSE(contains(desk.web_log.all(), link));
    CHECK_FALSE(contains(desk.web_log.all(), secret));
    const std::lock_guard lock{desk.counted_mutex};
    CHECK_FALSE(desk.counted.empty());
    for (const auto& [route, status] : desk.counted) CHECK_FALSE(contains(route, secret));
}

SCENARIO("the desk is two files under our own policy, for whoever has signed on", "[web][live]") {
    StaffDesk desk;
    desk.start();
    const auto* const script = web::embedded_file("desk/desk.js");
    if (script == nullptr) {  // HCP_DESK=OFF
        CHECK(desk.get("/desk/").status == 404);
        CHECK(web::staff_home() == "/staff/");
        return;
    }
    CHECK(desk.get("/desk/").headers.at("location") == "/staff/");
    const auto cookie = desk.signed_on("S1");
    const auto shell = desk.get("/desk/", cookie);
    CHECK(shell.status == 200);
    CHECK(shell.headers.at("content-security-policy") == web::content_security_policy);
    for (const auto* name : {"desk/desk.js", "desk/desk.css"}) {
        CHECK(contains(shell.body, web::asset_path(name)));
        const auto file = desk.get(web::asset_path(name));
        CHECK(file.status == 200);
        CHECK(contains(file.headers.at("cache-control"), "immutable"));
    }
    CHECK(script->gzip.size() + web::embedded_file("desk/desk.css")->gzip.size() <= 450 * 1024);
    CHECK(contains(desk.get("/staff/", cookie).body, "/desk/"));
}

SCENARIO("a link that is used, over, unknown, or a ticket that is none: one answer, which tells nothing",
         "[web][live]") {
    StaffDesk desk;
    desk.give_ticket("of-nobody", "S9");
    desk.give_ticket("of-a-subject", ports::SignedOn{});
    desk.give_ticket("once", "S2");
    desk.start();
    const auto used = desk.link_for("S1");
    REQUIRE(desk.post("/staff/sign-on", "code=" + used).status == 303);
    REQUIRE(desk.post("/staff/sign-on", "ticket=once").status == 200);
    const auto over = desk.link_for("S1");
    desk.clock.set(desk.clock.now() + invite_life);
    const auto expected = desk.post("/staff/sign-on", "code=AAAAAAAAAAAAAAAAAAAAAA");
    CHECK(expected.status == 403);
    CHECK_FALSE(expected.headers.contains("set-cookie"));
    for (const auto& body : {"code=" + used, "code=" + over, std::string{"code=x"}, "code=" + std::string(500, 'A'),
                             std::string{"ticket=once"}, std::string{"ticket=forged"}, std::string{"ticket=of-nobody"},
                             std::string{"ticket=of-a-subject"}}) {
        INFO(body);
        const auto answer = desk.post("/staff/sign-on", body);
        CHECK(answer.status == 403);
        CHECK(answer.body == expected.body);
        CHECK_FALSE(answer.headers.contains("set-cookie"));
    }
    AND_THEN("what is no form of ours is told apart before anything is looked up") {
        for (const auto* body : {"", "code=", "code=a&ticket=b", "x=1", "code=%zz"})
            CHECK(desk.post("/staff/sign-on", body).status == 400);
        CHECK(desk.post("/staff/sign-on", "code=" + std::string(600, 'A')).status == 400);
        CHECK(desk.ask("POST", "/staff/sign-on", "Content-Type: application/json\r\n" + StaffDesk::own_page, "{}")
                  .status == 415);
        CHECK(desk.get("/staff/sign-on?code=" + over).status == 405);
        CHECK(desk.post("/staff/sign-on", std::string(9000, 'a')).status == 413);
    }
}

SCENARIO("the host's ticket signs somebody on from our page or the portal's, and from no other", "[web][live]") {
    StaffDesk desk;
    desk.give_ticket("t1", "S1");
    desk.start();
    CHECK(desk.post("/staff/sign-on", "ticket=t1", StaffDesk::foreign_page).status == 403);
    const auto opened = desk.post("/staff/sign-on", "ticket=t1", StaffDesk::portal_page);
    CHECK(opened.status == 200);
    CHECK(contains(opened.body, "url=" + std::string{web::staff_home()}));
    const auto cookie = StaffDesk::cookie_of(opened);
    CHECK(contains(desk.get("/staff/", cookie).body, "（当前）"));
    AND_THEN("a link is not for the portal's pages to use") {
        const auto link = desk.link_for("S2");
        CHECK(desk.post("/staff/sign-on", "code=" + link, StaffDesk::portal_page).status == 403);
        CHECK(desk.post("/staff/sign-on", "code=" + link).status == 303);
    }
    AND_THEN("whoever signs on again in one browser has one session there") {
        desk.give_ticket("t2", "S1");
        const auto again =
            desk.post("/staff/sign-on", "ticket=t2", StaffDesk::portal_page + StaffDesk::with_cookie(cookie));
        REQUIRE(again.status == 200);
        CHECK_FALSE(desk.holds(cookie));
        CHECK(desk.holds(StaffDesk::cookie_of(again)));
    }
}

SCENARIO("where links are off, or there is no portal, these ways are closed", "[web][live]") {
    StaffDesk desk;
    desk.give_ticket("t1", "S1");
    desk.staff.invite = false;
    desk.staff.portal_url.reset();
    desk.start();
    CHECK_FALSE(contains(desk.get("/staff/").body, "登录码"));
    CHECK(desk.post("/staff/sign-on", "code=" + desk.link_for("S1")).status == 403);
    CHECK(desk.post("/staff/sign-on", "ticket=t1", StaffDesk::portal_page).status == 403);
    CHECK(desk.post("/staff/sign-on", "ticket=t1").status == 200);
}

SCENARIO("programs learn who signed on, his roles as they are now, and his sessions", "[web][live]") {
    StaffDesk desk;
    desk.start();
    const auto first = desk.signed_on("S1"), second = desk.signed_on("S1");
    const auto roles = [&] {
        return json::serialize(json::parse(desk.get("/api/v1/staff/session", first).body).at("roles"));
    };
    CHECK(roles() == R"(["evaluated"])");
    const auto head = desk.grant("S5", "S1", StaffRole::head, "S3");
    CHECK(roles() == R"(["evaluated","head"])");
    (void)Centre::done(*app::end_role(desk.people(), "S4", head, "轮岗"));
    CHECK(roles() == R"(["evaluated"])");

    const auto listed = json::parse(desk.get("/api/v1/staff/sessions", first).body).at("sessions").as_array();
    REQUIRE(listed.size() == 2);
    CHECK(listed[0].at("current").as_bool());
    CHECK_FALSE(listed[1].at("current").as_bool());
    CHECK(listed[0].at("way") == "invite");

    const auto of_this = StaffDesk::own_page + StaffDesk::with_cookie(first);
    CHECK(desk.ask("DELETE", "/api/v1/staff/session", of_this).status == 200);
    CHECK_FALSE(desk.holds(first));
    CHECK(desk.holds(second));
    const auto third = desk.signed_on("S1"), other = desk.signed_on("S2");
    CHECK(desk.ask("DELETE", "/api/v1/staff/sessions", StaffDesk::own_page + StaffDesk::with_cookie(third)).status ==
          200);
    CHECK_FALSE(desk.holds(second));
    CHECK_FALSE(desk.holds(third));
    CHECK(desk.holds(other));
}

SCENARIO("without a session every answer is the same problem, whatever is shown instead", "[web][live]") {
    StaffDesk desk;
    desk.start();
    const auto ended = desk.signed_on("S1");
    REQUIRE(desk.ask("DELETE", "/api/v1/staff/session", StaffDesk::own_page + StaffDesk::with_cookie(ended)).status ==
            200);
    const auto expected = desk.get("/api/v1/staff/session");
    CHECK(expected.status == 401);
    CHECK(expected.headers.at("content-type") == "application/problem+json");
    CHECK(json::parse(expected.body).at("code") == "not_signed_on");
    for (const auto& cookie :
         {ended, std::string{"__Host-hcp-staff=AAAAAAAAAAAAAAAAAAAAAA"}, std::string{"__Host-hcp-staff="},
          "__Host-hcp-staff=" + desk.link_for("S1"), std::string{"hcp-staff=x"}}) {
        INFO(cookie);
        for (const auto* path : {"/api/v1/staff/session", "/api/v1/staff/sessions"}) {
            CHECK(desk.get(path, cookie).body == expected.body);
            CHECK(desk.ask("DELETE", path, StaffDesk::own_page + StaffDesk::with_cookie(cookie)).body == expected.body);
        }
    }
    CHECK(desk.get("/api/v1/staff/none").status == 404);
    CHECK(json::parse(desk.get("/api/v1/staff/none").body).at("code") == "not_found");
}

SCENARIO("a page of another site changes nothing", "[web][live]") {
    StaffDesk desk;
    desk.start();
    const auto cookie = desk.signed_on("S1");
    const auto link = desk.link_for("S2");
    for (const auto& from :
         {StaffDesk::foreign_page, StaffDesk::portal_page, std::string{"Origin: http://localhost\r\n"},
          std::string{"Sec-Fetch-Site: same-site\r\n"}}) {
        INFO(from);
        const auto head = from + StaffDesk::with_cookie(cookie);
        CHECK(desk.post("/staff/sign-out", "", head).status == 403);
        CHECK(desk.post("/staff/sign-out-everywhere", "", head).status == 403);
        CHECK(desk.post("/staff/sign-on", "code=" + link, head).status == 403);
        CHECK(desk.ask("DELETE", "/api/v1/staff/session", head).status == 403);
        CHECK(desk.ask("DELETE", "/api/v1/staff/sessions", head).status == 403);
    }
    CHECK(desk.holds(cookie));
    CHECK(desk.post("/staff/sign-on", "code=" + link).status == 303);
    CHECK(desk.post("/staff/sign-out-everywhere", "", StaffDesk::own_page + StaffDesk::with_cookie(cookie)).status ==
          303);
    CHECK_FALSE(desk.holds(cookie));
}

SCENARIO("whoever has left the roster is nobody at his next request", "[web][live]") {
    StaffDesk desk;
    desk.start();
    const auto cookie = desk.signed_on("S1"), other = desk.signed_on("S2");
    auto lines = Centre::everybody();
    lines[0].post.until = desk.clock.now() + 1min;
    desk.clock.set(desk.clock.now() + 1s);
    desk.import(lines);
    CHECK(desk.holds(cookie));
    desk.clock.set(*lines[0].post.until);
    CHECK_FALSE(desk.holds(cookie));
    CHECK(contains(desk.get("/staff/", cookie).body, "登录码"));
    CHECK(desk.holds(other));
}

SCENARIO("a session that is used lives on, and one that is not ends", "[web][live]") {
    StaffDesk desk;
    desk.staff.idle_minutes = 5;
    desk.staff.absolute_hours = 1;
    desk.start();
    const auto used = desk.signed_on("S1"), idle = desk.signed_on("S2");
    for (int i = 0; i < 14; ++i) {
        desk.clock.set(desk.clock.now() + 4min);
        CHECK(desk.holds(used));
        // What is due is written behind the answer, by the writer: whatever it does next comes after it.
        REQUIRE(desk.post("/staff/sign-on", "code=x").status == 403);
    }
    CHECK_FALSE(desk.holds(idle));
    desk.clock.set(desk.clock.now() + 4min);
    CHECK_FALSE(desk.holds(used));
}

SCENARIO("the staff listener speaks TLS alone, and under its own name", "[web][live]") {
    StaffDesk desk;
    desk.start();
    Client plain{desk.port, Client::Over::plain};
    plain.send("GET /staff/ HTTP/1.1\r\nHost: localhost\r\n\r\n");
    CHECK(plain.read().status == 0);
    Client client{desk.port, Client::Over::tls};
    CHECK(client.ask("GET /staff/ HTTP/1.1\r\nHost: evil.example\r\n\r\n").status == 400);
    Client other{desk.port, Client::Over::tls};
    CHECK(other.ask("GET /my HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 404);
}
