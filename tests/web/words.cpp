#include "adapters/web/words.hpp"

#include "plugin/domain/day_text.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::web;
using namespace std::chrono_literals;

SCENARIO("what is left is said in the two largest units", "[web]") {
    const auto deadline = domain::start_of(*domain::day_from("2026-10-10"));
    const auto zh = [&](auto left) { return countdown_text(Language::zh, deadline, deadline - left); };
    const auto en = [&](auto left) { return countdown_text(Language::en, deadline, deadline - left); };
    CHECK(zh(76h) == "还剩 3 天 4 小时");
    CHECK(zh(72h + 5min) == "还剩 3 天");
    CHECK(zh(2h + 5min) == "还剩 2 小时 5 分钟");
    CHECK(zh(2h) == "还剩 2 小时");
    CHECK(zh(25min) == "还剩 25 分钟");
    CHECK(zh(1us) == "还剩不到 1 分钟");
    CHECK(zh(0us) == "已截止");
    CHECK(en(76h) == "3 days 4 hours left");
    CHECK(en(25h) == "1 day 1 hour left");
    CHECK(en(1min) == "1 minute left");
    CHECK(en(1us) == "less than a minute left");
    CHECK(en(0us) == "closed");
}

SCENARIO("the year is said where it is another", "[web]") {
    const auto now = domain::start_of(*domain::day_from("2026-12-30"));
    CHECK(until_text(Language::zh, now + 24h, now) == "12-30 24:00 前评价 · 还剩 1 天");
    CHECK(until_text(Language::zh, now + 96h, now) == "2027-01-02 24:00 前评价 · 还剩 4 天");
    CHECK(until_text(Language::en, now + 30h, now) == "Closes 12-31 06:00 · 1 day 6 hours left");
}

SCENARIO("what is wrong with an answer is said in the language of the page", "[web]") {
    app::EvaluationFacts facts;
    const app::AnswerFault fault{"tags", "请至少选择一项原因"};
    CHECK(fault_text(Language::zh, fault, facts, false) == "请至少选择一项原因");
    CHECK(fault_text(Language::zh, fault, facts, true) == "请至少选择一项原因" + std::string{app::draft_kept_words});
    CHECK(fault_text(Language::en, fault, facts, false) == "Please choose a reason, or write 10 characters or more");
    CHECK(fault_text(Language::en, fault, facts, true).find("the level is saved") != std::string::npos);
    CHECK_FALSE(fault_text(Language::en, {"request_key", "请求标识过长"}, facts, false).empty());
}

SCENARIO("no two words of one kind look alike, in English either", "[web]") {
    CHECK(word(Language::en, domain::Origin::authored, false) != word(Language::en, domain::Origin::authored, true));
    CHECK(word(Language::en, domain::Origin::authored, false) != word(Language::en, domain::Origin::by_default, false));
    for (int level = 1; level < 5; ++level)
        CHECK(word(Language::en, *domain::level_from(level)) != word(Language::en, *domain::level_from(level + 1)));
}
