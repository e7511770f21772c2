// One evaluation that its subject submitted, one that was only begun, one of which nobody said anything, one that was
// commented late and one that was withdrawn, all at one level: nowhere may one of them be taken for another, and no
// number may stand without saying what it counts.
#include "adapters/gm/sm2_key.hpp"
#include "tests/compose/house.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

using namespace hcp;
using namespace hcp::test;
namespace json = boost::json;

namespace {

using domain::Completion;

enum Which : std::size_t { authored, swept, by_default, late, withdrawn };
constexpr std::array<const char*, 5> names{"authored", "swept", "default", "late", "withdrawn"};
using Five = std::array<std::string, 5>;

const domain::SubjectFacts firm{
    domain::SubjectType::legal, domain::Role::bidder, "91370000MA3C0002XY", "001", "示例公司", "", "", "", {}};

Completion case_of(Which which) {
    Completion c;
    c.key = {"sdggzy", "BJ-" + std::to_string(which), "1"};
    c.line = domain::Line::government;
    c.project_no = "SDGP-2026-001";
    c.node = "项目登记";
    c.project_name = "示例项目";
    c.item_code = "ZC-01";
    c.department_id = "jyyb";
    c.department_name = "交易一部";
    c.completed_at = domain::instant_from_us(now_us) - std::chrono::minutes{5};
    c.mode = domain::Mode::online;
    c.subjects = {firm};
    c.handlers = {{"s-1", "张办事"}};
    return c;
}

class FiveEnds : public House {
public:
    explicit FiveEnds(std::string_view pem) : House{Hand::Manner::bare, pem, {}} {
        identity_.struct_size = sizeof identity_;
        identity_.redeem = [](void*, hcp_text, void (*found)(void*, const hcp_identity*), void* ctx) {
            const hcp_identity who{sizeof who, HCP_SUBJECT_LEGAL, text(firm.certificate_no), {}};
            found(ctx, &who);
            return hcp_status{HCP_OK};
        };
        extensions[HCP_EXT_IDENTITY] = &identity_;
        start();
        for (const auto which : {authored, swept, by_default, late, withdrawn}) report({case_of(which)}, hand);
        for (const auto which : {authored, swept, by_default, late, withdrawn})
            pages[which] = page_of(case_of(which), firm);
        CHECK(send("POST", api(authored) + "/rating", "application/json", answer) == 201);
        CHECK(send("PUT", api(swept) + "/draft", "application/json", R"({"level":5})") == 200);
        CHECK(send("POST", api(withdrawn) + "/rating", "application/json", answer) == 201);
        now = now_us + 60'000'000;
        report(std::vector<domain::Withdrawal>{{case_of(withdrawn).key, domain::instant_from_us(now), "误报"}}, hand);
        now = now_us + std::chrono::microseconds{std::chrono::days{40}}.count();
        wait_until([&] {
            const auto all = rows();
            return std::none_of(all.at("evaluations").begin(), all.at("evaluations").end(),
                                [](const auto& row) { return has(row, "\nstate = 1\n"); });
        });
        CHECK(send("POST", api(late) + "/rating", "application/json", answer) == 202);
    }
    ~FiveEnds() { stop(); }
    [[nodiscard]] std::string api(Which which) const {
        return "/api/v1/evaluations/" + pages[which].substr(pages[which].rfind('/') + 1);
    }
    // Signed on as the firm.
    std::string my(const std::string& path) {
        if (cookie_.empty()) {
            const auto signed_on = answered("GET", "/s?ticket=good", "text/plain", "");
            const auto cookie = signed_on.headers.at("set-cookie");
            cookie_ = cookie.substr(0, cookie.find(';'));
        }
        return answered("GET", path, "text/plain\r\nCookie: " + cookie_, "").body;
    }

    static constexpr const char* answer = R"({"level":5,"request_key":"k"})";
    Five pages;

private:
    hcp_ext_identity identity_{};
    std::string cookie_;
};

// What a person reads of it: words without tags, numbers and codes.
std::string words_of(const std::string& html) {
    static const std::regex hidden{R"(<script[\s\S]*?</script>|<svg[\s\S]*?</svg>|<[^>]*>)"}, codes{"[0-9A-Za-z_:.-]+"},
        blanks{"\\s+"};
    return std::regex_replace(std::regex_replace(std::regex_replace(html, hidden, " "), codes, "#"), blanks, " ");
}

void drop_what_is_its_own(json::object& evaluation) {
    for (const auto* name : {"case_no", "id", "link"}) evaluation.erase(name);
    if (auto* rating = evaluation.if_contains("rating"))
        for (const auto* name : {"receipt", "ledger_seq", "received_at_us"})
            if (auto* value = rating->as_object().if_contains(name)) *value = "";
    if (auto* comments = evaluation.if_contains("comments"))
        for (auto& one : comments->as_array()) one.as_object().at("received_at_us") = "";
}

void check_apart(const std::string& where, const std::map<std::string, std::string>& looks) {
    INFO(where);
    for (auto a = looks.begin(); a != looks.end(); ++a)
        for (auto b = std::next(a); b != looks.end(); ++b) {
            INFO(a->first << " and " << b->first << ": " << a->second);
            CHECK(a->second != b->second);
        }
}

std::vector<std::string> cut(const std::string& html, const std::string& from, const std::string& to) {
    std::vector<std::string> parts;
    for (auto at = html.find(from); at != std::string::npos; at = html.find(from, at + 1))
        parts.push_back(html.substr(at, html.find(to, at) - at));
    return parts;
}

}  // namespace

SCENARIO("nowhere is one kind of rating taken for another, and no number stands without its origin", "[compose]") {
    const auto pem = gm::new_sm2_private_pem();
    REQUIRE(pem.has_value());
    FiveEnds house{ports::as_text(pem->view())};
    std::map<std::string, std::string> page, api, listed, listed_api, sent;

    for (const auto which : {authored, swept, by_default, late, withdrawn}) {
        page[names[which]] = words_of(house.get(house.pages[which]));
        auto body = json::parse(house.get(house.api(which))).as_object();
        drop_what_is_its_own(body);
        api[names[which]] = json::serialize(body);
    }
    check_apart("page", page);
    check_apart("API", api);
    CHECK(has(page.at("swept"), "截止时按您"));
    CHECK_FALSE(has(page.at("swept"), "提交 ·"));
    CHECK(has(page.at("default"), "系统默认不代表您本人的意见"));
    CHECK(has(page.at("late"), "不计入评价等级"));
    for (const auto* one : {"default", "late"}) {
        CHECK_FALSE(has(api.at(one), "receipt"));
        CHECK(has(api.at(one), R"("origin":"default")"));
    }
    CHECK(has(api.at("swept"), R"("unsubmitted":true)"));

    // The list: mine is what I said.
    const auto rated = house.my("/my?state=rated"), closed = house.my("/my?state=closed");
    CHECK(has(rated, "我的评价（3）"));
    CHECK(has(rated, "已截止（2）"));
    for (const auto& html : {rated, closed})
        for (const auto& row : cut(html, "<li>", "</li>"))
            for (const auto which : {authored, swept, by_default, late, withdrawn})
                if (has(row, house.pages[which])) listed[names[which]] = words_of(row);
    CHECK(listed.size() == 5);
    check_apart("list", listed);
    for (const auto* state : {"rated", "closed"}) {
        auto page_of_list = json::parse(house.my(std::string{"/api/v1/my?state="} + state));
        for (auto& one : page_of_list.at("evaluations").as_array()) {
            const auto no = std::string{one.at("case_no").as_string()};
            drop_what_is_its_own(one.as_object());
            listed_api[no] = json::serialize(one);
        }
    }
    CHECK(listed_api.size() == 5);
    check_apart("list of the API", listed_api);

    // To the operator. A comment that came late is no message.
    const auto deliveries = json::parse(house.ctl({"deliveries", "list", "--json"}).out);
    const auto lines = house.ctl({"deliveries", "list"}).out;
    for (const auto which : {authored, swept, by_default, withdrawn}) {
        std::string& look = sent[names[which]];
        for (const auto& one : deliveries.as_array())
            if (std::string{one.at("case_no").as_string()} == case_of(which).key.case_no)
                look += json::serialize(json::array{one.at("kind"), one.at("origin"), one.at("unsubmitted"),
                                                    one.at("state"), one.at("reason")});
        for (const auto& line : cut(lines, " BJ-" + std::to_string(which), "\n")) look += line.substr(5);
    }
    check_apart("hcpctl deliveries", sent);
    CHECK(has(lines, "系统默认"));
    CHECK(has(lines, "未提交"));

    // To the host: a receipt is of an answer that somebody submitted.
    const auto rate = [&](Which which) {
        Letter letter{house.hand};
        domain::Answer answer;
        answer.level = domain::Level::very_satisfied;
        answer.request_key = "k";
        answer.channel = domain::Channel::portal;
        const auto about = case_of(which);
        const auto rating = letter.of(about, firm, answer);
        std::string said;
        (void)house.plugin->rate(house.plugin, &rating, 20'000, emit_into, &said);
        return said;
    };
    for (const auto which : {by_default, late}) {
        CHECK_FALSE(has(rate(which), "receipt"));
        CHECK(has(rate(which), "late"));
    }
    CHECK(has(rate(swept), "already_rated"));

    // Numbers.
    const auto metrics = house.metrics();
    CHECK(has(metrics, "haochaping_ratings_total{origin=\"authored\"} 2\n"));
    CHECK(has(metrics, "haochaping_ratings_total{origin=\"draft\"} 1\n"));
    CHECK(has(metrics, "haochaping_ratings_total{origin=\"default\"} 2\n"));
    for (const auto& line : cut(metrics, "haochaping_", "\n"))
        if (line.starts_with("haochaping_ratings_total") && std::isdigit(line.back()) != 0) CHECK(has(line, "origin="));
    CHECK_FALSE(has(house.health(), "rated"));
    const auto counted = house.rows().at("counters");
    const auto count_of = [&](domain::Metric metric) {
        const auto is_it = "\nmetric = " + std::to_string(static_cast<int>(metric)) + "\n";
        return std::count_if(counted.begin(), counted.end(), [&](const auto& row) { return has(row, is_it); });
    };
    using enum domain::Metric;
    for (const auto metric : {opened, authored_5, unsubmitted_5, default_5, comment_late, withdrawn_after_rating})
        CHECK(count_of(metric) >= 1);
    for (const auto metric : {ticket_opened, care_ticket_opened, voided}) CHECK(count_of(metric) == 0);
    const std::lock_guard lock{house.mutex};
    CHECK(std::any_of(house.lines.begin(), house.lines.end(),
                      [](const auto& line) { return has(line, "到期结转：系统默认 2 件，按暂存内容 1 件"); }));
}
