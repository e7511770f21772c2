#pragma once
#include "adapters/web/language.hpp"
#include "adapters/web/page_state.hpp"
#include "plugin/app/rating/record_rating.hpp"
#include "plugin/domain/tags.hpp"

#include <optional>
#include <string>
#include <vector>

// Pages as text, from values. Everything that is data is escaped by the templates. Any thread.
namespace hcp::web {

// What all pages share.
struct Look {
    std::string centre_name, help_phone;
    std::string portal_url;  // of the trading platform; empty = no link
    bool elder = false;      // 长辈版
    Language language = Language::zh;
    std::string base;            // what every path of ours begins with; usually empty
    std::string path;            // of this page, for the switch; without a query
    std::string query_to_keep;   // "&state=done", or empty
    bool leads_to_list = false;  // whoever looks is signed on and has a list to go back to
    // What can be rated next.
    struct Next {
        std::string token;
        std::size_t left = 0;
        bool all = true;  // false: there are more
    };
    std::optional<Next> next;
};

struct EvaluationPage {
    std::string token, request_key;
    app::EvaluationFacts facts;
    domain::Instant now;
    std::optional<app::AnswerFault> fault;             // of the answer just sent
    std::optional<domain::Answer> sent;                // that answer, so that nothing has to be typed twice
    bool noted = false;                                // a late answer was just taken as a comment (E13)
    bool draft_kept = false;                           // of an answer with a fault: its level stays (E9)
    bool refused_second = false;                       // another answer was there first (E12)
    std::optional<std::uint32_t> province_text_limit;  // characters; what is longer is cut there
};
[[nodiscard]] std::string evaluation_page(const Look&, const EvaluationPage&, const domain::TagBook&);

// `link` is the whole address, which the QR code repeats. Needs facts.rating.
[[nodiscard]] std::string receipt_page(const Look&, const std::string& token, const std::string& link,
                                       const app::EvaluationFacts&);

struct MyPage {
    struct Project {
        std::string no, name;
    };
    std::vector<app::ListedEvaluation> shown;
    std::vector<Project> projects;
    std::string project;                                           // chosen; empty = all
    enum class Tab { pending, rated, closed } tab = Tab::pending;  // 待评价, 我的评价, 已截止
    struct Count {
        std::size_t n = 0;
        bool all = true;  // false: there are more
    };
    Count pending, rated, closed;
    std::string next;  // the cursor of the next page; empty = this was the last
    domain::Instant now;
};
[[nodiscard]] std::string_view name_of(MyPage::Tab tab);  // in links and in the API
[[nodiscard]] std::string my_page(const Look&, const MyPage&);

[[nodiscard]] std::string help_page(const Look&);
// A page that only says what cannot be done: the phrases `what`.title, .text and .remedy.
[[nodiscard]] std::string notice_page(const Look&, std::string_view what);

// "/assets/site.0123456789abcdef.css"
[[nodiscard]] std::string asset_path(std::string_view name);

}  // namespace hcp::web
