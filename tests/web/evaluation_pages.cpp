#include "adapters/web/embedded.hpp"
#include "adapters/web/protection.hpp"
#include "tests/web/web_desk.hpp"

#include <regex>

using namespace hcp;
using namespace hcp::test;
using domain::EvaluationState;

namespace {

struct CasePage : WebDesk {
    CasePage() {
        event.project_name = "<b>道路</b>工程";
        apply({event});
        path = "/e/" + token_text(event);
    }
    Completion event = completion("C1");
    std::string path;
};

std::string between(const std::string& text, std::string_view before, std::string_view after) {
    const auto start = text.find(before);
    REQUIRE(start != std::string::npos);
    return text.substr(start + before.size(), text.find(after, start + before.size()) - start - before.size());
}

}  // namespace

SCENARIO("an open evaluation shows what it is about, and nothing is chosen", "[web]") {
    CasePage desk;
    const auto page = desk.get(desk.path);
    CHECK(page.status == 200);
    CHECK(header(page, "Cache-Control") == "no-store");
    CHECK(contains(page.body, "C1"));
    CHECK(contains(page.body, "交易一部"));
    CHECK(contains(page.body, "2026-09-24 15:00"));
    CHECK(contains(page.body, "2026-10-09 24:00"));
    CHECK(contains(page.body, "第7条"));
    CHECK(contains(page.body, "自愿评价，不影响办事"));
    CHECK(contains(page.body, "非常满意（系统默认）"));
    CHECK(contains(page.body, "0531-1234"));
    CHECK_FALSE(std::regex_search(page.body, std::regex{"type=\"radio\"[^>]* checked"}));
    CHECK(page.body.size() + web::embedded_file("assets/site.css")->bytes.size() +
              web::embedded_file("assets/rating.js")->bytes.size() <
          100'000);
    AND_THEN("what is data cannot become markup") {
        CHECK(contains(page.body, "&lt;b&gt;道路&lt;/b&gt;工程"));
        CHECK(contains(page.body, "测试&lt;中心&gt;"));
        CHECK_FALSE(contains(page.body, "<b>道路"));
    }
    AND_THEN("neither the subject's name nor its certificate is on it") {
        CHECK_FALSE(contains(page.body, "甲公司"));
        CHECK_FALSE(contains(page.body, "91370000AAAAAAAA1X"));
    }
}

SCENARIO("a good level is one form", "[web]") {
    CasePage desk;
    const auto sent = desk.post_form(desk.path, "request_key=k1&level=5&tag_5=510&text=");
    CHECK(sent.status == 303);
    CHECK(header(sent, "Location") == desk.path + "/receipt");
    CHECK(desk.view(desk.event).evaluation.state == EvaluationState::rated);
    const auto receipt = desk.get(desk.path + "/receipt");
    CHECK(receipt.status == 200);
    CHECK(contains(receipt.body, "<svg class=\"qr\""));
    CHECK(contains(receipt.body, "一窗受理一次办结"));
    CHECK(contains(receipt.body, "本人评价"));

    AND_WHEN("the same form is sent again") {
        const auto again = desk.post_form(desk.path, "request_key=k1&level=5&tag_5=510&text=");
        THEN("it leads to the same receipt") {
            CHECK(again.status == 303);
            CHECK(desk.get(desk.path + "/receipt").body == receipt.body);
        }
    }
    AND_WHEN("another answer is sent") {
        const auto other = desk.post_form(desk.path, "request_key=k2&level=1&tag_1=108");
        THEN("the first stands and is shown") {
            CHECK(other.status == 409);
            CHECK(contains(other.body, "无需重复评价"));
            CHECK(desk.view(desk.event).rating->level == Level::very_satisfied);
        }
    }
}

SCENARIO("the first tap of a bad level is kept before anything more is asked", "[web]") {
    CasePage desk;
    const auto tapped = desk.post_form(desk.path, "request_key=k1&level=2&text=+");
    CHECK(tapped.status == 303);
    CHECK(header(tapped, "Location") == desk.path);
    auto view = desk.view(desk.event);
    CHECK(view.evaluation.state == EvaluationState::open);
    REQUIRE(view.draft);
    CHECK(view.draft->level == Level::dissatisfied);

    const auto page = desk.get(desk.path);
    CHECK(contains(page.body, "已暂存，还没有提交"));
    CHECK(contains(page.body, "id=\"l2\" value=\"2\" required checked"));
    CHECK(contains(page.body, "name=\"stage\" value=\"details\""));

    AND_WHEN("it is submitted without a reason") {
        const auto bare = desk.post_form(desk.path, "stage=details&request_key=k1&level=2");
        THEN("the page says what is missing and keeps the draft") {
            CHECK(bare.status == 422);
            CHECK(contains(bare.body, "请至少选择一项原因"));
            CHECK(desk.view(desk.event).draft.has_value());
        }
    }
    AND_WHEN("the deadline passes before the sweep has made it the answer") {
        desk.clock.set(view.evaluation.deadline);
        THEN("the page says that it counts") {
            CHECK(contains(desk.get(desk.path).body, "您在截止前暂存的“不满意”有效"));
        }
    }
    AND_WHEN("a reason is added, and tags of another level were left ticked") {
        const auto sent = desk.post_form(
            desk.path, "stage=details&request_key=k1&level=2&tag_2=207&tag_1=108&text=%E5%A4%AA%E6%85%A2%0D%0A");
        THEN("it is the answer") {
            CHECK(sent.status == 303);
            view = desk.view(desk.event);
            CHECK(view.evaluation.state == EvaluationState::rated);
            CHECK(view.rating->tags == std::vector<std::string>{"207"});
            CHECK(contains(desk.get(desk.path + "/receipt").body, ">太慢<"));
        }
    }
}

SCENARIO("a receipt names the place in the ledger, but not that of an answer given under bid secrecy", "[web]") {
    CasePage desk;
    desk.post_form(desk.path, "request_key=k1&level=5");
    CHECK(contains(desk.get(desk.path + "/receipt").body, "留痕位置"));

    auto secret = Desk::completion("C9");
    secret.secrecy = Secrecy::until_opening();
    desk.apply({secret});
    const auto path = "/e/" + desk.token_text(secret);
    desk.post_form(path, "request_key=k2&level=5");
    const auto receipt = desk.get(path + "/receipt");
    CHECK(contains(receipt.body, "已经保存"));
    CHECK_FALSE(contains(receipt.body, "留痕位置"));
}

SCENARIO("an answer that does not do comes back with everything that was typed", "[web]") {
    CasePage desk;
    const auto sent = desk.post_form(desk.path, "request_key=the-key&level=2&text=%3Cscript%3E");
    CHECK(sent.status == 422);
    CHECK(contains(sent.body, "&lt;script&gt;"));
    CHECK_FALSE(contains(sent.body, "<script>"));
    CHECK(between(sent.body, "name=\"request_key\" value=\"", "\"") == "the-key");
    CHECK(desk.post_form(desk.path, "request_key=k").status == 422);
    CHECK(desk.post_form(desk.path, "request_key=k&level=6").status == 422);
    CHECK(desk.post_form(desk.path, "request_key=k&level=5&tag_5=nope").status == 422);
    CHECK(desk.view(desk.event).evaluation.state == EvaluationState::open);
    // The first of them is kept all the same: an unhappy answer is not lost with its page (M8.2, E9).
    REQUIRE(desk.view(desk.event).draft);
    CHECK(desk.view(desk.event).draft->level == Level::dissatisfied);
}

SCENARIO("what counts is when the request had arrived, not when it was worked on", "[web]") {
    CasePage desk;
    const auto deadline = desk.view(desk.event).evaluation.deadline;
    web::Request request;
    request.method = web::Method::post;
    request.path = desk.path;
    request.content_type = "application/x-www-form-urlencoded";
    request.body = "request_key=k1&level=4";
    request.received_at = deadline - 1us;
    desk.clock.set(deadline + 30s);
    CHECK(header(desk.ask(request), "Location") == desk.path + "/receipt");
    CHECK(desk.view(desk.event).evaluation.state == EvaluationState::rated);
}

SCENARIO("after the deadline an answer is a comment, and the page says so", "[web]") {
    CasePage desk;
    desk.clock.set(desk.view(desk.event).evaluation.deadline);
    CHECK(contains(desk.get(desk.path).body, "已过评价截止时间"));
    AND_WHEN("only a bad level is given") {
        const auto bare = desk.post_form(desk.path, "request_key=k1&level=1");
        THEN("it asks what happened instead of dropping it") {
            CHECK(bare.status == 422);
            CHECK(contains(bare.body, "name=\"stage\" value=\"details\""));
        }
    }
    AND_WHEN("it says enough") {
        const auto sent = desk.post_form(desk.path, "request_key=k1&level=1&tag_1=108");
        THEN("it is taken as a comment and no level is stored") {
            CHECK(header(sent, "Location") == desk.path + "?noted=1");
            CHECK(contains(desk.get(desk.path + "?noted=1").body, "您的意见已收到"));
            CHECK_FALSE(desk.view(desk.event).rating.has_value());
        }
    }
    AND_WHEN("the default was written") {
        desk.clock.set(desk.view(desk.event).evaluation.deadline + 2min);
        REQUIRE(desk.settler->sweep(desk.clock.now(), 10).has_value());
        THEN("the page labels it, and there is no receipt of an answer nobody gave") {
            const auto page = desk.get(desk.path);
            CHECK(contains(page.body, "已按规则记为“非常满意（系统默认）”"));
            CHECK(contains(page.body, "提交意见"));
            CHECK(desk.get(desk.path + "/receipt").status == 303);
        }
    }
}

SCENARIO("a comment is shown back in its form, words first, and said anew (E13)", "[web]") {
    CasePage desk;
    desk.clock.set(desk.view(desk.event).evaluation.deadline);
    const auto fresh = desk.get(desk.path).body;
    CHECK(contains(fresh, ">提交意见<"));
    CHECK(fresh.find("<textarea") < fresh.find("type=\"radio\""));
    CHECK_FALSE(contains(fresh, " required"));
    CHECK_FALSE(contains(desk.get(desk.path + "?noted=1").body, "您的意见已收到"));

    CHECK(desk.post_form(desk.path, "request_key=k1&stage=details&text=%E6%97%A0%E4%BA%BA%E6%8E%A5%E5%BE%85").status ==
          303);
    const auto again = desk.get(desk.path).body;
    CHECK(contains(again, ">无人接待</textarea>"));
    CHECK(contains(again, ">修改意见<"));
    CHECK(desk.post_form(desk.path, "request_key=k2&stage=details&level=2").status == 303);
    const auto changed = desk.get(desk.path).body;
    CHECK(contains(changed, "意见：不满意"));
    CHECK_FALSE(contains(changed, "无人接待"));
    CHECK(desk.figure(domain::Metric::comment_late) == 1);
    CHECK(desk.post_form(desk.path, "request_key=k3&stage=details").status == 422);
}

SCENARIO("a rater is anonymous towards who is rated unless the box says otherwise, and may leave a number (E7)",
         "[web]") {
    CasePage desk;
    CHECK(contains(desk.get(desk.path).body, "name=\"anonymous\" value=\"1\" checked"));
    const std::string bad = "request_key=k&stage=details&level=1&tag_1=108&asks_anonymous=1";
    WHEN("he agrees to be called") {
        CHECK(desk.post_form(desk.path, bad + "&anonymous=1&contact=1&phone=139+0000+0000").status == 303);
        const auto receipt = desk.get(desk.path + "/receipt").body;
        CHECK(contains(receipt, "对被评价人匿名"));
        CHECK(contains(receipt, "愿意被联系：139****00"));
        CHECK_FALSE(contains(receipt, "13900000000"));
    }
    WHEN("he unticks the box and leaves a number without a word") {
        CHECK(desk.post_form(desk.path, bad + "&phone=13900000000").status == 303);
        const auto receipt = desk.get(desk.path + "/receipt").body;
        CHECK(contains(receipt, "对被评价人公开"));
        CHECK_FALSE(contains(receipt, "愿意被联系"));
    }
    WHEN("the number is none") {
        const auto refused = desk.post_form(desk.path, bad + "&anonymous=1&contact=1&phone=call+me");
        CHECK(refused.status == 422);
        CHECK(contains(refused.body, "href=\"#phone\""));
        CHECK(contains(refused.body, "value=\"call me\""));
    }
}

SCENARIO("a withdrawn case asks for no level, and takes what is said of it as a comment (E40, E56)", "[web]") {
    CasePage desk;
    desk.apply({Withdrawal{desk.event.key, desk.clock.now(), "撤回"}});
    const auto page = desk.get(desk.path);
    CHECK(contains(page.body, "办件已撤回"));
    CHECK(contains(page.body, "提交意见"));
    WHEN("it is a bad one that says what is wrong, it becomes a care ticket") {
        const auto sent = desk.post_form(desk.path, "request_key=k&level=1&tag_1=108&stage=details");
        CHECK(sent.status == 303);
        const auto noted = desk.get(sent.header("Location")->substr(0, desk.path.size()) + "?noted=1");
        CHECK(contains(noted.body, "办件已撤回"));
        CHECK(desk.figure(domain::Metric::care_ticket_opened) == 1);
        CHECK(desk.figure(domain::Metric::ticket_opened) == 0);
        CHECK(desk.view(desk.event).evaluation.state == domain::EvaluationState::voided);
    }
    WHEN("it is a bare bad one, the page asks what is wrong") {
        const auto sent = desk.post_form(desk.path, "request_key=k&level=1");
        CHECK(sent.status == 422);
        CHECK(contains(sent.body, "请写明情况后提交"));
        CHECK(desk.figure(domain::Metric::comment_late) == 0);
    }
}

SCENARIO("before bids are open the page says that nobody will see the answer", "[web]") {
    WebDesk desk;
    auto event = Desk::completion("C2");
    event.secrecy = Secrecy::until_opening();
    desk.apply({event});
    const auto path = "/e/" + desk.token_text(event);
    CHECK(contains(desk.get(path).body, "不会显示给任何人"));
    CHECK(desk.post_form(path, "request_key=k&level=5").status == 303);
    CHECK(contains(desk.get(path + "/receipt").body, "开标前保密"));
}

SCENARIO("an unknown link says no more than that", "[web]") {
    CasePage desk;
    for (const auto* path :
         {"/e/AAAAAAAAAAAAAAAAAAAAAA", "/e/short", "/e/%00", "/e/..%2F..%2Fetc%2Fpasswd", "/nowhere"}) {
        INFO(path);
        const auto page = desk.get(path);
        CHECK(page.status == 404);
        CHECK(header(page, "Content-Security-Policy") == web::content_security_policy);
    }
    CHECK(desk.post_form("/e/AAAAAAAAAAAAAAAAAAAAAA", "level=5&request_key=k").status == 404);
}

SCENARIO("a form from elsewhere, of another kind or broken is refused", "[web]") {
    CasePage desk;
    web::Request request;
    request.method = web::Method::post;
    request.path = desk.path;
    request.content_type = "application/x-www-form-urlencoded";
    request.body = "request_key=k&level=5";
    auto foreign = request;
    foreign.fetch_site = "cross-site";
    CHECK(desk.ask(foreign).status == 403);
    auto other_kind = request;
    other_kind.content_type = "text/plain";
    CHECK(desk.ask(other_kind).status == 415);
    auto broken = request;
    broken.body = "level=5&text=%zz";
    CHECK(desk.ask(broken).status == 400);
    auto put = request;
    put.method = web::Method::put;
    const auto refused = desk.ask(put);
    CHECK(refused.status == 405);
    CHECK(header(refused, "Allow") == "GET, HEAD, POST");
    CHECK(desk.view(desk.event).evaluation.state == EvaluationState::open);
}

SCENARIO("the elder version is a switch that is remembered", "[web]") {
    CasePage desk;
    CHECK_FALSE(contains(desk.get(desk.path).body, "class=\"elder\""));
    const auto on = desk.get(desk.path + "?elder=on");
    CHECK(contains(on.body, "class=\"elder\""));
    CHECK(contains(header(on, "Set-Cookie"), "hcp_elder=1;"));
    CHECK(contains(desk.get(desk.path, "hcp_elder=1").body, "class=\"elder\""));
    CHECK(contains(header(desk.get(desk.path + "?elder=off", "hcp_elder=1"), "Set-Cookie"), "Max-Age=0"));
}

SCENARIO("a link is limited by itself, and its token is in no log line or label", "[web]") {
    CasePage desk;
    desk.settings.per_token_per_minute = 2;
    CHECK(desk.get(desk.path).status == 200);
    CHECK(desk.get(desk.path).status == 200);
    const auto refused = desk.get(desk.path);
    CHECK(refused.status == 429);
    CHECK(header(refused, "Retry-After") == "30");
    CHECK(desk.get("/").status == 200);
    CHECK_FALSE(contains(desk.web_log.all(), desk.token_text(desk.event)));
}

SCENARIO("style and script carry their content in their name and may be kept for ever", "[web]") {
    WebDesk desk;
    const auto style = desk.get(web::asset_path("assets/site.css"));
    CHECK(style.status == 200);
    CHECK(contains(header(style, "Cache-Control"), "immutable"));
    CHECK(desk.get("/assets/site.css").status == 404);
    CHECK(desk.get("/healthz").status == 200);
}

SCENARIO("behind a proxy with a prefix every link keeps it", "[web]") {
    CasePage desk;
    desk.settings.base_url = {"https", "x.cn", 443, "/pj", "https://x.cn/pj"};
    for (const auto& path : {desk.path, "/pj" + desk.path}) {
        const auto page = desk.get(path);
        CHECK(page.status == 200);
        CHECK(contains(page.body, "action=\"/pj" + desk.path + "\""));
        CHECK(contains(page.body, "href=\"/pj/assets/site."));
    }
    CHECK(header(desk.post_form(desk.path, "request_key=k&level=5"), "Location") == "/pj" + desk.path + "/receipt");
}
