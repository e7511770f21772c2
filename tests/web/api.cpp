#include "adapters/web/embedded.hpp"
#include "tests/web/web_desk.hpp"

#include <boost/json.hpp>

#include <set>
#include <tuple>

using namespace hcp;
using namespace hcp::test;
namespace json = boost::json;

namespace {

struct CaseInApi : WebDesk {
    CaseInApi() {
        apply({event});
        path = "/api/v1/evaluations/" + token_text(event);
    }
    web::Response rate(const std::string& body) { return send_json(web::Method::post, path + "/rating", body); }
    web::Response draft(const std::string& body) { return send_json(web::Method::put, path + "/draft", body); }
    web::Response take_back() {
        web::Request request;
        request.method = web::Method::remove;
        request.path = path + "/draft";
        return ask(request);
    }
    Completion event = completion("C1");
    std::string path;
};

json::object body_of(const web::Response& response) {
    return json::parse(response.body).as_object();
}

}  // namespace

SCENARIO("an evaluation as JSON says all that the page says", "[web]") {
    CaseInApi desk;
    const auto response = desk.get(desk.path);
    CHECK(response.status == 200);
    CHECK(response.content_type == "application/json");
    const auto body = body_of(response);
    CHECK(body.at("state") == "open");
    CHECK(body.at("deadline_us") == to_us(desk.view(desk.event).evaluation.deadline));
    CHECK(body.at("levels").as_array().size() == 5);
    CHECK_FALSE(body.contains("rating"));
    CHECK_FALSE(contains(response.body, "91370000AAAAAAAA1X"));
    CHECK(desk.get("/api/v1/evaluations/AAAAAAAAAAAAAAAAAAAAAA").status == 404);
    CHECK(desk.get("/api/v1/evaluations/x").content_type == "application/problem+json");
}

SCENARIO("a rating is stored once, an identical retry gets the same answer, another one is refused", "[web]") {
    CaseInApi desk;
    const std::string answer = R"({"level":2,"tags":["207"],"text":"太慢","request_key":"k1","channel":"mobile"})";
    const auto first = desk.rate(answer);
    CHECK(first.status == 201);
    CHECK(body_of(first).at("fate") == "accepted");
    CHECK(body_of(first).at("rating").at("origin") == "authored");
    CHECK(body_of(first).at("rating").at("ledger_seq").is_string());
    CHECK(desk.view(desk.event).rating->channel == domain::Channel::mobile);

    const auto again = desk.rate(answer);
    CHECK(again.status == 200);
    CHECK(body_of(again).at("fate") == "repeated");
    CHECK(body_of(again).at("rating") == body_of(first).at("rating"));

    const auto other = desk.rate(R"({"level":5,"request_key":"k1"})");
    CHECK(other.status == 409);
    CHECK(body_of(other).at("code") == "already_rated");
    CHECK(body_of(other).at("reason") == "这个办件已评价，无需重复评价");
    CHECK(desk.draft(R"({"level":1})").status == 409);
}

SCENARIO("a draft follows every change until it is submitted", "[web]") {
    CaseInApi desk;
    CHECK(body_of(desk.draft(R"({"level":1})")).at("state") == "draft");
    const auto changed = desk.draft(R"({"level":2,"tags":["207"],"text":" 慢 "})");
    CHECK(changed.status == 200);
    CHECK(body_of(changed).at("draft").at("level") == 2);
    CHECK(body_of(desk.get(desk.path)).at("draft").at("text") == "慢");
}

SCENARIO("a draft is taken back until the deadline, as if nothing had been tapped (E55)", "[web]") {
    CaseInApi desk;
    CHECK(desk.draft(R"({"level":1})").status == 200);
    const auto taken_back = desk.take_back();
    CHECK(taken_back.status == 200);
    CHECK(body_of(taken_back).at("state") == "open");
    CHECK_FALSE(body_of(taken_back).contains("draft"));
    CHECK(desk.take_back().status == 200);  // nothing is there any more
    WHEN("nothing else is said, the evaluation defaults") {
        desk.clock.set(desk.view(desk.event).evaluation.deadline + 2min);
        REQUIRE(desk.settler->sweep(desk.clock.now(), 10)->defaulted == 1);
        CHECK(body_of(desk.take_back()).at("code") == "late");
    }
    WHEN("it was submitted, it stands") {
        CHECK(desk.rate(R"({"level":5,"request_key":"k"})").status == 201);
        CHECK(body_of(desk.take_back()).at("code") == "already_rated");
    }
    WHEN("another site asks for it, it stays") {
        CHECK(desk.draft(R"({"level":2})").status == 200);
        web::Request request;
        request.method = web::Method::remove;
        request.path = desk.path + "/draft";
        request.origin = "https://evil.example";
        CHECK(desk.ask(request).status == 403);
        CHECK(desk.view(desk.event).draft);
    }
}

SCENARIO("a bad answer that says too little is refused and kept as a draft, and the refusal says so (M8.2)", "[web]") {
    CaseInApi desk;
    const auto refused = desk.rate(R"({"level":1,"request_key":"k"})");
    CHECK(refused.status == 422);
    CHECK(contains(refused.body, "等级已经暂存"));
    REQUIRE(desk.view(desk.event).draft);
    CHECK(desk.view(desk.event).draft->level == domain::Level::very_dissatisfied);
    // What is wrong otherwise leaves nothing behind, and says nothing of it.
    CaseInApi other;
    const auto wrong = other.rate(R"({"level":1,"tags":["510"],"request_key":"k"})");
    CHECK(wrong.status == 422);
    CHECK_FALSE(contains(wrong.body, "暂存"));
    CHECK_FALSE(other.view(other.event).draft);
}

SCENARIO("what is wrong is named with its field, why, and what to do", "[web]") {
    CaseInApi desk;
    const std::pair<const char*, const char*> flawed[] = {
        {R"({"level":6,"request_key":"k"})", "level"},
        {R"({"level":"5","request_key":"k"})", "level"},
        {R"({"request_key":"k"})", "level"},
        {R"({"level":5,"tags":"510","request_key":"k"})", "tags"},
        {R"({"level":5,"tags":[510],"request_key":"k"})", "tags"},
        {R"({"level":5,"tags":["108"],"request_key":"k"})", "tags"},
        {R"({"level":1,"request_key":"k"})", "tags"},
        {R"({"level":5,"text":7,"request_key":"k"})", "text"},
        {R"({"level":5,"text":"a\u0000b","request_key":"k"})", "text"},
        {R"({"level":5})", "request_key"},
        {R"({"level":5,"request_key":"k","channel":"fax"})", "channel"},
        {R"({"level":5,"request_key":"k","channel":"kiosk"})", "channel"},
        {R"({"level":1,"text":"等了三个小时，没有人理会","request_key":"k","consent":true})", "consent"},
        {R"({"level":5,"request_key":"k","consent":{"shown_to_rated":1}})", "consent.shown_to_rated"},
        {R"({"level":5,"request_key":"k","consent":{"may_be_contacted":"yes"}})", "consent.may_be_contacted"},
        {R"({"level":5,"request_key":"k","consent":{"phone":13900000000}})", "consent.phone"},
        {R"({"level":1,"text":"等了三个小时，没有人理会","request_key":"k","consent":{"phone":"13900000000"}})",
         "consent.phone"},
    };
    for (const auto& [sent, field] : flawed) {
        INFO(sent);
        const auto response = desk.rate(sent);
        CHECK(response.status == 422);
        CHECK(response.content_type == "application/problem+json");
        const auto problem = body_of(response);
        CHECK(problem.at("field") == field);
        CHECK_FALSE(problem.at("reason").as_string().empty());
        CHECK_FALSE(problem.at("remedy").as_string().empty());
    }
    for (const auto* sent : {"", "[]", "5", "{", R"({"a":{"b":{"c":{"d":{"e":1}}}}})"})
        CHECK(desk.rate(sent).status == 422);
    const auto long_text = R"({"level":5,"request_key":"k","text":")" + std::string(2001, 'a') + "\"}";
    CHECK(body_of(desk.rate(long_text)).at("field") == "text");
    CHECK(desk.view(desk.event).evaluation.state == domain::EvaluationState::open);
}

SCENARIO("what a rater agreed to comes back with the rating (E7)", "[web]") {
    CaseInApi desk;
    const auto rated =
        desk.rate(R"({"level":1,"text":"等了三个小时，没有人理会","request_key":"k",)"
                  R"("consent":{"shown_to_rated":false,"may_be_contacted":true,"phone":"139 0000 0000"}})");
    CHECK(rated.status == 201);
    const boost::json::value agreed{{"shown_to_rated", false}, {"may_be_contacted", true}, {"phone", "13900000000"}};
    CHECK(body_of(rated).at("rating").at("consent") == agreed);
    CHECK(body_of(desk.get("/api/v1/evaluations/" + desk.token_text(desk.event))).at("rating").at("consent") == agreed);
}

SCENARIO("what comes late is one comment, which is said anew (E13)", "[web]") {
    CaseInApi desk;
    desk.clock.set(desk.view(desk.event).evaluation.deadline);
    CHECK(desk.rate(R"({"level":1,"text":"无人接待","request_key":"k1"})").status == 202);
    CHECK(desk.rate(R"({"level":null,"text":"已有人联系","request_key":"k2"})").status == 202);
    const auto comments =
        body_of(desk.get("/api/v1/evaluations/" + desk.token_text(desk.event))).at("comments").as_array();
    REQUIRE(comments.size() == 1);
    CHECK(comments[0].at("revision") == 2);
    CHECK(comments[0].at("level").is_null());
    CHECK(comments[0].at("text") == "已有人联系");
    CHECK(body_of(desk.rate(R"({"request_key":"k3"})")).at("field") == "text");
}

SCENARIO("what was sent wrong is said back, though not at its length", "[web]") {
    CaseInApi desk;
    const auto refused = desk.rate(R"({"level":5,"request_key":"k","tags":[")" + std::string(5000, '9') + "\"]}");
    CHECK(refused.status == 422);
    CHECK(refused.body.size() < 600);
    CHECK(contains(refused.body, std::string(64, '9') + "…"));
}

SCENARIO("late, barred, withdrawn and already rated are told apart", "[web]") {
    CaseInApi desk;
    const auto deadline = desk.view(desk.event).evaluation.deadline;
    const std::string answer = R"({"level":5,"request_key":"k1"})";
    WHEN("it is late") {
        desk.clock.set(deadline);
        const auto late = desk.rate(answer);
        CHECK(late.status == 202);
        CHECK(body_of(late).at("fate") == "late");
        CHECK(body_of(late).contains("explanation"));
        CHECK(body_of(desk.draft(answer)).at("code") == "late");
    }
    WHEN("the case was withdrawn") {
        desk.apply({Withdrawal{desk.event.key, desk.clock.now(), "撤回"}});
        const auto taken = desk.rate(answer);
        CHECK(taken.status == 202);
        CHECK(body_of(taken).at("fate") == "withdrawn");
        CHECK(contains(taken.body, "作为意见转交办理部门"));
        CHECK_FALSE(body_of(taken).contains("rating"));
        CHECK(body_of(desk.draft(answer)).at("code") == "withdrawn");
    }
    WHEN("another answer was first") {
        CHECK(desk.rate(R"({"level":4,"request_key":"k0"})").status == 201);
        const auto refused = desk.rate(answer);
        CHECK(refused.status == 409);
        CHECK(body_of(refused).at("code") == "already_rated");
    }
    WHEN("the subject is barred") {
        const auto id = desk.view(desk.event).evaluation.id;
        REQUIRE(desk.store->write([&](ports::Transaction& rows) -> ports::result<void> {
            const ports::EvaluationStep move{
                id, domain::EvaluationState::open, domain::EvaluationState::barred, {}, false};
            HCP_TRY(const auto moved, rows.evaluations().move(std::span{&move, 1}));
            CHECK(moved.front());
            return {};
        }));
        const auto refused = desk.rate(answer);
        CHECK(refused.status == 403);
        CHECK(body_of(refused).at("code") == "barred");
        CHECK(contains(desk.get("/e/" + desk.token_text(desk.event)).body, "暂不能评价"));
    }
}

SCENARIO("another site cannot make a browser rate", "[web]") {
    CaseInApi desk;
    web::Request request;
    request.method = web::Method::post;
    request.path = desk.path + "/rating";
    request.body = R"({"level":5,"request_key":"k"})";
    request.content_type = "text/plain";
    CHECK(desk.ask(request).status == 415);
    request.content_type = "application/json";
    request.origin = "https://evil.example";
    CHECK(desk.ask(request).status == 403);
}

SCENARIO("the OpenAPI document has the routes that exist, no more and no fewer", "[web]") {
    WebDesk desk;
    const auto response = desk.get("/api/v1/openapi.json");
    CHECK(response.status == 200);
    std::set<std::string> documented, served;
    const auto document = body_of(response);
    for (const auto& [path, methods] : document.at("paths").as_object())
        for (const auto& [method, details] : methods.as_object())
            documented.insert(std::string{method} + ' ' + std::string{path});
    for (const auto& route : desk.site().routes().routes()) {
        if (!route.pattern.starts_with("/api/")) continue;
        std::string method{web::text_of(route.method)};
        for (auto& c : method) c = static_cast<char>(std::tolower(c));
        served.insert(method + ' ' + route.pattern);
    }
    CHECK(documented == served);
}

SCENARIO("when the database gives no answer, a reader is told to come back and a writer whether it was saved",
         "[web]") {
    CaseInApi desk;
    web::PublicContext context{desk.services(), desk.settings, {}, 10};
    web::Request read, write;
    read.method = web::Method::get;
    write.method = web::Method::post;
    const auto reading = context.answers.store_failure(make_error_code(ports::store_errc::unavailable), read);
    CHECK(reading.status == 503);
    CHECK(reading.header("Retry-After") != nullptr);
    CHECK(context.answers.store_failure(make_error_code(ports::store_errc::corrupt), read).status == 500);

    const auto told = [&](const app::RatingOutcome& outcome) {
        return context.answers.answer_to(outcome, write, [](const app::RatingReply&) {
            return web::Response{200, "text/plain", "decided"};
        });
    };
    CHECK(told(app::RatingReply{}).body == "decided");
    CHECK(contains(told(run::DidNotHappen{}).body, "没有保存"));
    CHECK(told(run::DidNotHappen{}).header("Retry-After") != nullptr);
    CHECK(contains(told(run::InDoubt{}).body, "结果未知，请刷新查看"));
    CHECK(told(run::Failed{make_error_code(ports::store_errc::corrupt)}).status == 500);
}

SCENARIO("a rating that waits when the module stops is answered at once: nothing was saved", "[web]") {
    CaseInApi desk;
    std::promise<void> release;
    desk.writer.post([released = release.get_future().share()] { released.wait(); });
    web::Request form, json;
    form.method = json.method = web::Method::post;
    form.path = "/e/" + desk.token_text(desk.event);
    form.content_type = "application/x-www-form-urlencoded";
    form.body = "request_key=k&level=5";
    json.path = desk.path + "/rating";
    json.content_type = "application/json";
    json.body = R"({"level":5,"request_key":"k"})";
    std::vector<web::Response> answers;
    for (auto& request : {form, json})
        desk.site().handle(std::make_shared<const web::Request>(request),
                           [&](web::Response response) { answers.push_back(std::move(response)); });
    CHECK(answers.empty());
    desk.rating_queue.close();
    REQUIRE(answers.size() == 2);
    for (const auto& answer : answers) {
        CHECK(answer.status == 503);
        CHECK(contains(answer.body, "没有保存"));
    }
    CHECK(contains(desk.rate(json.body).body, "没有保存"));
    release.set_value();
    desk.writer.stop();
    CHECK(desk.view(desk.event).evaluation.state == domain::EvaluationState::open);
}

SCENARIO("when a clock that stood ahead is right again, page and API say the same as before (E24)", "[web]") {
    CaseInApi desk;
    const auto page = "/e/" + desk.token_text(desk.event);
    const auto right = desk.clock.now();
    const auto said = [&] {
        const auto body = body_of(desk.get(desk.path));
        return std::tuple{std::string{body.at("state").as_string()}, body.at("takes_answer").as_bool(),
                          contains(desk.get(page).body, "提交评价")};
    };
    const auto before = said();
    CHECK(before == std::tuple{"open", true, true});
    desk.clock.set(right + std::chrono::days{20});
    REQUIRE(desk.settler->sweep(desk.clock.now(), 10)->defaulted == 1);
    CHECK(said() == std::tuple{"defaulted", false, false});
    desk.clock.set(right);
    CHECK(said() == before);
    CHECK_FALSE(contains(desk.get(page).body, "系统默认）”</strong>"));
    CHECK(body_of(desk.rate(R"({"level":4,"request_key":"k"})")).at("fate") == "replaces_default");
    CHECK(std::get<0>(said()) == "rated");
}
