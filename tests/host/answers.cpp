#include "adapters/host/answers.hpp"

#include "plugin/app/rating/fate_words.hpp"
#include "plugin/app/rating/unanswered_cursor.hpp"
#include "tests/support/plain_crypto.hpp"
#include "tests/support/project_root.hpp"
#include "tests/support/recorded_log.hpp"
#include "tests/support/text_in.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include <set>

using namespace hcp;
using domain::AnswerFate;
using Kind = app::RatingReply::Kind;

namespace {

struct Answers {
    test::RecordedLog log;
    test::PlainRing ring;
    test::PlainDigests sm3;
    test::PlainKeyedDigest any = ring.keyed_digest("any");
    test::PlainSealer sealer = ring.sealer("records");
    std::unique_ptr<test::PlainVault> vault = ring.vault();
    record::Keys keys{sm3, any, any, any, sealer, *vault};

    host::Reply to(Kind kind, AnswerFate fate = AnswerFate::accepted) {
        app::RatingReply reply;
        reply.kind = kind;
        reply.fate = fate;
        if (kind == Kind::fault) reply.fault = app::AnswerFault{"text", "文字过长"};
        if (kind == Kind::decided) {
            reply.view.emplace();
            reply.view->rating.emplace();
        }
        return host::reply_to(app::RatingOutcome{reply}, keys, log);
    }
};

bool header_says(std::string_view word) {
    static const auto header = test::text_in(test::project_root() / "plugin/abi/haochaping.h");
    return header.find(word) != std::string::npos;
}
boost::json::object parsed(const std::string& json) {
    return boost::json::parse(json).as_object();
}
void check_keys_are_in_the_header(const boost::json::object& told) {
    for (const auto& [key, value] : told) {
        INFO(key);
        CHECK(header_says('"' + std::string{key} + '"'));
    }
}

}  // namespace

SCENARIO("a rating that is taken gives a receipt", "[answers]") {
    Answers answers;
    for (const auto fate : {AnswerFate::accepted, AnswerFate::replaces_default, AnswerFate::repeated}) {
        const auto reply = answers.to(Kind::decided, fate);
        CHECK(reply.status == HCP_OK);
        const auto told = parsed(reply.json);
        CHECK(told.size() == 1);
        CHECK_FALSE(told.at("receipt").as_string().empty());
        check_keys_are_in_the_header(told);
    }
}

SCENARIO("a refusal has a code of its own that the header lists, beside the sentence", "[answers]") {
    Answers answers;
    std::set<std::string> codes;
    const auto check = [&](const host::Reply& reply, std::string_view code) {
        CHECK(reply.status == HCP_E_REFUSED);
        const auto told = parsed(reply.json);
        CHECK(told.size() == 2);
        CHECK(told.at("code").as_string() == code);
        CHECK_FALSE(told.at("reason").as_string().empty());
        CHECK(header_says(" *     " + std::string{code} + ' '));
        CHECK(codes.insert(std::string{code}).second);
        check_keys_are_in_the_header(told);
    };
    check(answers.to(Kind::decided, AnswerFate::late), "late");
    check(answers.to(Kind::decided, AnswerFate::barred), "barred");
    check(answers.to(Kind::decided, AnswerFate::already_rated), "already_rated");
    check(answers.to(Kind::decided, AnswerFate::voided), "withdrawn");
    check(answers.to(Kind::no_such_evaluation), "not_a_subject");
}

SCENARIO("an answer that cannot be taken names its field", "[answers]") {
    Answers answers;
    const auto reply = answers.to(Kind::fault);
    CHECK(reply.status == HCP_E_INVALID);
    const auto told = parsed(reply.json);
    CHECK(told.at("field") == "text");
    check_keys_are_in_the_header(told);
}

SCENARIO("a page of what may be rated says all that the header promises, and where the next one is", "[answers]") {
    Answers answers;
    app::UnansweredPage page;
    app::EvaluationFacts facts;
    facts.case_no = "C-1";
    facts.project_no = "P-1";
    facts.node = "项目登记";
    facts.completed_at = domain::instant_from_us(5);
    facts.deadline = domain::instant_from_us(9);
    page.evaluations.push_back({domain::EvaluationId{9'007'199'254'740'993}, "token", facts});
    const auto told = [&] {
        const auto reply = host::reply_to(page, "https://pj.example.cn", answers.log);
        CHECK(reply.status == HCP_OK);
        return parsed(reply.json);
    };
    CHECK_FALSE(told().contains("next"));
    page.next = {domain::instant_from_us(9), domain::EvaluationId{4}};
    const auto whole = told();
    CHECK(app::place_of(whole.at("next").as_string())->id == domain::EvaluationId{4});
    check_keys_are_in_the_header(whole);
    REQUIRE(whole.at("evaluations").as_array().size() == 1);
    const auto& one = whole.at("evaluations").as_array()[0].as_object();
    CHECK(one == parsed(R"({"evaluation_id":"9007199254740993","link":"https://pj.example.cn/e/token","case_no":"C-1",
        "project_no":"P-1","project_name":"","node":"项目登记","completed_at_us":5,"deadline_us":9})"));
    check_keys_are_in_the_header(one);
}
