#include "plugin/app/catalogue/interpret_rule.hpp"

#include "tests/app/people/centre.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

using namespace hcp;
using namespace hcp::domain;
using namespace hcp::test;
using app::InterpretationRefusal;

namespace {

struct Interpreting : Centre {
    Interpreting() { equip(); }
    app::InterpretationReply interpret(std::string_view actor, std::string_view key = "window_days",
                                       std::string_view text = "自办结次日起算，法定节假日不计",
                                       std::string_view version = "2020") {
        return *app::interpret_rule({*books, *rules, rule_texts, nobody}, actor, version, key, text);
    }
    boost::json::object told() { return *app::policies_json(*store, *rules->current(), rule_texts, clock.now()); }
};

bool is_refused(const app::InterpretationReply& reply, InterpretationRefusal why) {
    const auto* refusal = std::get_if<InterpretationRefusal>(&reply);
    return refusal != nullptr && *refusal == why;
}

}  // namespace

SCENARIO("supervision interprets a rule, and everybody reads it beside the rule (M22.2)", "[rules]") {
    Interpreting desk;
    CHECK(is_refused(desk.interpret("S1"), InterpretationRefusal::not_allowed));
    CHECK(is_refused(desk.interpret("S5"), InterpretationRefusal::not_allowed));
    CHECK(is_refused(desk.interpret("S99"), InterpretationRefusal::unknown_actor));
    CHECK(is_refused(desk.interpret("S3", "window_days", "x", "1999"), InterpretationRefusal::no_such_rule));
    CHECK(is_refused(desk.interpret("S3", "window"), InterpretationRefusal::no_such_rule));
    CHECK(is_refused(desk.interpret("S3", "window_days", ""), InterpretationRefusal::no_text));
    CHECK(is_refused(desk.interpret("S3", "window_days", std::string(1001, 'x')), InterpretationRefusal::no_text));
    CHECK(desk.told().at("interpretations").as_array().empty());

    CHECK(std::holds_alternative<InterpretationId>(desk.interpret("S3")));
    CHECK(std::holds_alternative<InterpretationId>(desk.interpret("S4", "clause_window", "另见第10条")));
    const auto told = desk.told();
    const auto& notes = told.at("interpretations").as_array();
    REQUIRE(notes.size() == 2);
    CHECK(notes.at(0).at("key").as_string() == "window_days");
    CHECK(notes.at(0).at("written_by").as_string() == "S3");
    CHECK(notes.at(0).at("text").as_string() == "自办结次日起算，法定节假日不计");
    CHECK(desk.verify().findings.empty());
}

SCENARIO("every version of the policy is told line by line, and which is in force", "[rules]") {
    Interpreting desk;
    const auto told = desk.told();
    CHECK(told.at("in_force").as_string() == "2020");
    CHECK(told.at("continued_past_end").as_bool());
    const auto& lines = told.at("versions").as_array().at(0).at("lines").as_array();
    const auto value = [&](std::string_view key) {
        for (const auto& line : lines)
            if (line.at("key").as_string() == key) return std::string{line.at("value").as_string()};
        return std::string{"no such key"};
    };
    CHECK(value("window_days") == "5");
    CHECK(value("default_level") == "5");
    CHECK(value("clause_window").starts_with("第7条"));
    CHECK(value("valid_until") == "2022-07-31");
}
