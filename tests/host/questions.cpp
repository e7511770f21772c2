#include "plugin/app/rating/unanswered_cursor.hpp"
#include "tests/host/fake_host.hpp"

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include <semaphore>
#include <thread>

using namespace hcp;
using test::text;

SCENARIO("answers come back through emit", "[questions]") {
    test::FakeHost host;
    auto* p = host.running();
    test::GoodCompletion good;
    std::string out;
    WHEN("a link is asked for with nothing but the key") {
        hcp_completion key{};
        key.struct_size = sizeof key;
        key.host_id = text("host");
        key.case_no = text("case");
        key.completion_no = text("1");
        CHECK(p->evaluation_link(p, &key, &good.subjects[0], test::emit_into, &out) == HCP_OK);
        CHECK(out == "https://example.test/case/91370000MA3C0001XY");
        key.case_no = {nullptr, 0};
        CHECK(p->evaluation_link(p, &key, &good.subjects[0], test::emit_into, &out) == HCP_E_INVALID);
        CHECK(p->evaluation_link(p, nullptr, nullptr, test::emit_into, &out) == HCP_E_INVALID);
        CHECK(p->evaluation_link(p, &good.c, &good.subjects[0], nullptr, &out) == HCP_E_INVALID);
    }
    WHEN("health") {
        CHECK(p->health(p, test::emit_into, &out) == HCP_OK);
        CHECK(out == R"({"state":"ok"})");
        CHECK(p->health(p, nullptr, nullptr) == HCP_E_INVALID);
    }
    WHEN("pending_for, with each answer a module can give") {
        const auto status = GENERATE(as<hcp_status>{}, HCP_OK, HCP_E_TIMEOUT, HCP_E_INTERNAL);
        host.module->reply = {status, "[1]"};
        CHECK(p->pending_for(p, HCP_SUBJECT_LEGAL, text("9137"), {}, 250, test::emit_into, &out) == status);
        CHECK(out == (status == HCP_OK ? "[1]" : ""));
        CHECK(host.module->last_limit == std::chrono::milliseconds{250});
        CHECK_FALSE(host.module->last_after);
        out.clear();
        CHECK(p->pending_for(p, 4, text("9137"), {}, 250, test::emit_into, &out) == HCP_E_INVALID);
        CHECK(boost::json::parse(out).at("field") == "subject_type");
    }
    WHEN("pending_for goes on behind a cursor") {
        host.module->reply = {HCP_OK, "{}"};
        const auto cursor = app::cursor_of({domain::instant_from_us(test::now_us), domain::EvaluationId{7}});
        CHECK(p->pending_for(p, HCP_SUBJECT_LEGAL, text("9137"), text(cursor), 250, test::emit_into, &out) == HCP_OK);
        REQUIRE(host.module->last_after);
        CHECK(domain::to_us(host.module->last_after->deadline) == test::now_us);
        CHECK(host.module->last_after->id == domain::EvaluationId{7});
    }
    WHEN("pending_for is given a cursor that never was one") {
        static const std::string endless(100'000, '1');
        const auto bad =
            GENERATE_COPY(text("1"), text("1-x"), text("\xff-1"), text("1-1\n"), text(endless), hcp_text{nullptr, 3});
        bool asked = false;
        host.module->on_call = [&](const std::string& function) { asked |= function == "pending"; };
        CHECK(p->pending_for(p, HCP_SUBJECT_LEGAL, text("9137"), bad, 250, test::emit_into, &out) == HCP_E_INVALID);
        host.module->on_call = [](const std::string&) {};
        CHECK_FALSE(asked);
        const auto told = boost::json::parse(out).as_object();
        CHECK(told.at("field") == "cursor");
        CHECK_FALSE(told.at("reason").as_string().empty());
    }
    WHEN("rate") {
        hcp_rating r{};
        r.struct_size = sizeof r;
        r.level = 4;
        r.host_id = text("host");
        r.case_no = text("case");
        r.completion_no = text("1");
        r.subject_type = HCP_SUBJECT_LEGAL;
        r.certificate_no = text("9137");
        r.request_key = text("k");
        host.module->reply = {HCP_E_REFUSED, R"({"code":"late"})"};
        CHECK(p->rate(p, &r, 1000, test::emit_into, &out) == HCP_E_REFUSED);
        CHECK(out == R"({"code":"late"})");
        CHECK(host.module->answer.level == domain::Level::satisfied);
        out.clear();
        // Whether it happened is told by the status alone.
        for (const auto status : {HCP_E_TIMEOUT, HCP_E_IN_DOUBT, HCP_E_INTERNAL}) {
            host.module->reply = {status, "{}"};
            CHECK(p->rate(p, &r, 1000, test::emit_into, &out) == status);
            CHECK(out.empty());
        }
        r.level = 9;
        CHECK(p->rate(p, &r, 1000, test::emit_into, &out) == HCP_E_INVALID);
        const auto refusal = boost::json::parse(out).as_object();
        CHECK(refusal.size() == 2);
        CHECK(refusal.at("field") == "level");
        CHECK_FALSE(refusal.at("reason").as_string().empty());
        CHECK(p->rate(p, nullptr, 1000, test::emit_into, nullptr) == HCP_E_INVALID);
    }
}

SCENARIO("an emit that throws is the host's fault, and a rating whose answer it lost is in doubt", "[questions]") {
    test::FakeHost host;
    auto* p = host.running();
    const auto throws = [](void*, hcp_text) { throw std::runtime_error{"a host in C++"}; };
    hcp_rating r{};
    r.struct_size = sizeof r;
    r.level = 4;
    r.host_id = r.case_no = r.completion_no = r.certificate_no = r.request_key = text("x");
    r.subject_type = HCP_SUBJECT_LEGAL;
    WHEN("the module has answered the rating") {
        host.module->reply = {GENERATE(as<hcp_status>{}, HCP_OK, HCP_E_REFUSED, HCP_E_INVALID), "{}"};
        CHECK(p->rate(p, &r, 1000, throws, nullptr) == HCP_E_IN_DOUBT);
        CHECK(host.said("宿主违反约定：rate：emit"));
    }
    WHEN("the rating was malformed and never reached the module") {
        r.level = 9;
        CHECK(p->rate(p, &r, 1000, throws, nullptr) == HCP_E_INVALID);
    }
    WHEN("nothing but the answer is lost") {
        CHECK(p->pending_for(p, 1, text("x"), {}, 1, throws, nullptr) == HCP_E_INTERNAL);
        CHECK(host.said("宿主违反约定：pending_for：emit"));
        CHECK(p->health(p, throws, nullptr) == HCP_E_INTERNAL);
    }
    CHECK_FALSE(host.said("内部错误"));
}

SCENARIO("a rating that waits when the host stops is answered, and the stop need not be called again", "[questions]") {
    test::FakeHost host;
    auto* p = host.running();
    std::binary_semaphore waiting{0}, closed{0};
    host.module->reply = {HCP_E_TIMEOUT, {}};
    host.module->on_call = [&](const std::string& function) {
        if (function == "close") closed.release();
        if (function != "rate") return;
        waiting.release();
        closed.acquire();
    };
    hcp_rating r{};
    r.struct_size = sizeof r;
    r.level = 4;
    r.host_id = r.case_no = r.completion_no = r.certificate_no = r.request_key = text("x");
    r.subject_type = HCP_SUBJECT_LEGAL;
    hcp_status rated = HCP_OK;
    std::string out;
    std::thread rater{[&] { rated = p->rate(p, &r, 600'000, test::emit_into, &out); }};
    waiting.acquire();
    CHECK(p->stop(p, 60'000) == HCP_OK);
    rater.join();
    CHECK(rated == HCP_E_TIMEOUT);
}

SCENARIO("whatever a module throws becomes INTERNAL, of rate IN_DOUBT, and the gate lives on", "[questions]") {
    test::FakeHost host;
    auto* p = host.create();
    const auto what = GENERATE(0, 1, 2);
    std::string failing;
    host.module->on_call = [&](const std::string& function) {
        if (function != failing) return;
        if (what == 0) throw std::runtime_error{"with a name: 王小明"};
        if (what == 1) throw std::bad_alloc{};
        throw 42;
    };
    test::GoodCompletion good;
    hcp_rating r{};
    r.struct_size = sizeof r;
    r.level = 4;
    r.host_id = r.case_no = r.completion_no = r.certificate_no = r.request_key = text("x");
    r.subject_type = HCP_SUBJECT_LEGAL;
    auto result = test::blank_result();
    std::string out;

    failing = "start";
    CHECK(p->start(p) == HCP_E_INTERNAL);
    failing = "";
    REQUIRE(p->start(p) == HCP_OK);
    failing = "accept";
    CHECK(p->completed(p, &good.c, 1, &result) == HCP_E_INTERNAL);
    CHECK(result.status == HCP_E_INTERNAL);
    failing = "link";
    CHECK(p->evaluation_link(p, &good.c, good.subjects, test::emit_into, &out) == HCP_E_INTERNAL);
    failing = "health";
    CHECK(p->health(p, test::emit_into, &out) == HCP_E_INTERNAL);
    failing = "pending";
    CHECK(p->pending_for(p, 1, text("x"), {}, 1, test::emit_into, &out) == HCP_E_INTERNAL);
    failing = "rate";
    CHECK(p->rate(p, &r, 1, test::emit_into, &out) == HCP_E_IN_DOUBT);  // who knows how far it came
    failing = "reload";
    CHECK(p->reload(p) == HCP_E_INTERNAL);
    failing = "stop";
    CHECK(p->stop(p, 10) == HCP_E_INTERNAL);
    CHECK(out.empty());
    CHECK(host.said("内部错误：rate"));
    CHECK_FALSE(host.said("王小明"));
    failing = "";
    CHECK(p->stop(p, 10) == HCP_OK);
}
