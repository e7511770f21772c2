// What the pages say in each state, in both languages: titles, faults and their fields, and which language it is.
#include "adapters/web/words.hpp"
#include "tests/web/web_desk.hpp"

#include <regex>

using namespace hcp;
using namespace hcp::test;

namespace {

struct CaseInWords : WebDesk {
    CaseInWords() { apply({event}); }
    web::Response in(std::string_view language, std::string asked) {
        asked += (asked.find('?') == std::string::npos ? "?lang=" : "&lang=") + std::string{language};
        return get(std::move(asked));
    }
    Completion event = completion("C1");
    std::string path = "/e/" + token_text(event);
};

std::string title_of(const web::Response& page) {
    static const std::regex title{"<title>([^<]*)</title>"};
    std::smatch found;
    return std::regex_search(page.body, found, title) ? found[1].str() : "";
}

// What is said outside of what was reported, which is marked as Chinese.
std::string said_in(const web::Response& page) {
    auto text = std::regex_replace(page.body, std::regex{R"re(<(\w+)( [^<>]*)? lang="zh-CN"[^<>]*>[^<]*)re"}, "");
    text = std::regex_replace(text, std::regex{"<title>[^<]*</title>"}, "");
    return std::regex_replace(text, std::regex{"“好差评”|测试&lt;中心&gt;"}, "");
}

void check_english(const web::Response& page) {
    CHECK(contains(page.body, "<html lang=\"en\""));
    const auto said = said_in(page);
    const auto chinese = std::find_if(said.begin(), said.end(), [](char c) {
        return static_cast<unsigned char>(c) >= 0xE3 && static_cast<unsigned char>(c) <= 0xEA;
    });
    INFO(std::string(chinese, said.size() > 200 && said.end() - chinese > 90 ? chinese + 90 : said.end()));
    CHECK(chinese == said.end());
}

}  // namespace

SCENARIO("the title says which case it is and how it stands, an error first", "[web]") {
    CaseInWords desk;
    CHECK(title_of(desk.get(desk.path)) == "政府采购项目登记 · 待评价 · 测试&lt;中心&gt;");
    CHECK(title_of(desk.in("en", desk.path)) == "政府采购项目登记 · To be rated · 测试&lt;中心&gt;");
    CHECK(title_of(desk.post_form(desk.path, "request_key=k&level=9")).starts_with("错误：政府采购项目登记 · 待评价"));
    desk.post_form(desk.path, "request_key=k&level=2");
    CHECK(title_of(desk.get(desk.path)).starts_with("政府采购项目登记 · 已暂存，待提交"));
    desk.post_form(desk.path, "request_key=k&level=5");
    CHECK(title_of(desk.get(desk.path)).starts_with("政府采购项目登记 · 已评价"));
    CHECK(title_of(desk.get(desk.path + "/receipt")).starts_with("政府采购项目登记 · 评价回执"));
    CHECK(title_of(desk.get("/e/none")).starts_with("错误：页面不存在"));
    CHECK(title_of(desk.get("/my")).starts_with("错误：请先登录"));
    CHECK(title_of(desk.in("en", "/my")).starts_with("Error: Please sign on"));
}

SCENARIO("a fault links to the field that it is about", "[web]") {
    CaseInWords desk;
    const auto no_level = desk.post_form(desk.path, "request_key=k");
    CHECK(contains(no_level.body, "role=\"alert\"><a href=\"#l5\">"));
    CHECK(contains(no_level.body, "aria-required=\"true\" aria-invalid=\"true\" aria-describedby=\"fault\""));
    const auto no_reason = desk.post_form(desk.path, "stage=details&request_key=k&level=2");
    CHECK(contains(no_reason.body, "<a href=\"#t2"));
    CHECK(contains(no_reason.body, "aria-describedby=\"limit fault\" aria-invalid=\"true\""));
    const auto sound = desk.get(desk.path);
    CHECK_FALSE(contains(sound.body, "aria-invalid"));
    CHECK(contains(sound.body, "role=\"alert\" hidden"));
}

SCENARIO("what is asked under a level fits it", "[web]") {
    CaseInWords desk;
    const auto page = desk.get(desk.path);
    const auto neutral = page.body.find("panel p3");
    REQUIRE(neutral != std::string::npos);
    CHECK(page.body.substr(neutral, 60).find("哪些方面影响了您的评价？") != std::string::npos);
    CHECK(contains(page.body, "至少选一项，或写不少于 10 字"));
}

SCENARIO("the page says what the province will not see", "[web]") {
    CaseInWords desk;
    CHECK_FALSE(contains(desk.get(desk.path).body, "data-unseen"));
    desk.province_text_limit = 150;
    desk.restart();
    const auto page = desk.get(desk.path);
    CHECK(contains(page.body, "data-unseen=\"150\""));
    CHECK(contains(page.body, "第 150 字起省平台看不到"));
    AND_THEN("of a comment it sees nothing, and nothing is said of it") {
        desk.clock.set(desk.view(desk.event).evaluation.deadline);
        CHECK_FALSE(contains(desk.get(desk.path).body, "省平台"));
    }
}

SCENARIO("every state is said in English, and names stay as they were reported", "[web]") {
    CaseInWords desk;
    const auto check = [&](int status, std::string_view words) {
        const auto page = desk.in("en", desk.path);
        CHECK(page.status == status);
        CHECK(contains(page.body, words));
        check_english(page);
    };
    check(200, "Rate this service");
    CHECK(contains(desk.in("en", desk.path).body, "<bdi lang=\"zh-CN\">交易一部</bdi>"));
    WHEN("it is a draft") {
        desk.post_form(desk.path, "request_key=k&level=2");
        check(200, "Saved, not submitted");
    }
    WHEN("it lacks a reason") {
        const auto page = desk.post_form(desk.path + "?lang=en", "stage=details&request_key=k&level=2");
        CHECK(page.status == 422);
        CHECK(contains(page.body, "Please choose a reason"));
        check_english(page);
    }
    WHEN("it is rated") {
        desk.post_form(desk.path, "stage=details&request_key=k&level=1&tag_1=108");
        check(200, "Your rating");
        const auto receipt = desk.in("en", desk.path + "/receipt");
        CHECK(contains(receipt.body, "What happens next"));
        check_english(receipt);
        const auto second = desk.post_form(desk.path + "?lang=en", "request_key=other&level=5");
        CHECK(second.status == 409);
        CHECK(contains(second.body, "need not be rated again"));
        check_english(second);
    }
    WHEN("it was withdrawn") {
        desk.apply({Withdrawal{desk.event.key, desk.clock.now(), "撤回"}});
        check(200, "The case was withdrawn");
    }
    WHEN("it is late, then a default, then commented") {
        desk.clock.set(desk.view(desk.event).evaluation.deadline);
        check(200, "Rating has closed");
        desk.clock.set(desk.view(desk.event).evaluation.deadline + 2min);
        REQUIRE(desk.settler->sweep(desk.clock.now(), 10).has_value());
        check(200, "Recorded by rule as “Very satisfied (system default)”");
        desk.post_form(desk.path, "stage=details&request_key=k&level=1&tag_1=108");
        check(200, "Comment: Very dissatisfied");
    }
    WHEN("it is about something else") {
        for (const auto* path : {"/", "/my", "/e/none", "/s?ticket=bad", "/s?ticket=staff", "/s"}) {
            INFO(path);
            check_english(desk.in("en", path));
        }
    }
}

SCENARIO("the language is a switch that is remembered, as the elder version is", "[web]") {
    CaseInWords desk;
    const auto on = desk.in("en", desk.path);
    CHECK(contains(header(on, "Set-Cookie"), "hcp_lang=1;"));
    CHECK(contains(on.body, "href=\"" + desk.path + "?lang=zh\" lang=\"zh-CN\""));
    CHECK(contains(desk.get(desk.path, "hcp_lang=1").body, "<html lang=\"en\""));
    CHECK(contains(desk.get(desk.path, "hcp_lang=1; hcp_elder=1").body, "<html lang=\"en\" class=\"elder\""));
    const auto off = desk.get(desk.path + "?lang=zh", "hcp_lang=1");
    CHECK(contains(header(off, "Set-Cookie"), "Max-Age=0"));
    CHECK(contains(off.body, "<html lang=\"zh-CN\""));
}
