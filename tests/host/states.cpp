#include "tests/host/fake_host.hpp"

#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

using namespace hcp;
using test::text;

namespace {
// Every function that wants `running`, called rightly.
std::vector<hcp_status> call_all(hcp_plugin* p) {
    test::GoodCompletion good;
    const hcp_withdrawal w{sizeof w, 0, text("host"), text("case"), text("1"), test::now_us, {}};
    const hcp_bids_opened b{sizeof b, 0, text("host"), text("project"), {}, test::now_us};
    hcp_visit v{};
    v.struct_size = sizeof v;
    v.host_id = v.visit_no = text("v");
    v.visited_at_us = test::now_us;
    hcp_rating r{};
    r.struct_size = sizeof r;
    r.level = 4;
    r.host_id = r.case_no = r.completion_no = r.certificate_no = r.request_key = text("x");
    r.subject_type = HCP_SUBJECT_LEGAL;
    std::string out;
    auto result = test::blank_result();
    std::vector<hcp_status> all{p->completed(p, &good.c, 1, &result)};
    all.push_back(result.status);
    all.push_back(p->withdrawn(p, &w, 1, nullptr));
    all.push_back(p->bids_opened(p, &b, 1, nullptr));
    all.push_back(p->visit(p, &v, 1, nullptr));
    all.push_back(p->evaluation_link(p, &good.c, good.subjects, test::emit_into, &out));
    all.push_back(p->health(p, test::emit_into, &out));
    all.push_back(p->pending_for(p, 1, text("x"), {}, 1, test::emit_into, &out));
    all.push_back(p->rate(p, &r, 1, test::emit_into, &out));
    all.push_back(p->reload(p));
    if (all[0] != HCP_OK && !out.empty()) all.push_back(-1);
    return all;
}
const std::vector<hcp_status> all_ok(10, HCP_OK), all_state(10, HCP_E_STATE);
}  // namespace

SCENARIO("each call belongs to its state", "[states]") {
    test::FakeHost host;
    auto* p = host.create();
    REQUIRE(p != nullptr);
    CHECK(call_all(p) == all_state);
    CHECK(p->stop(p, 10) == HCP_E_STATE);
    REQUIRE(p->start(p) == HCP_OK);
    CHECK(call_all(p) == all_ok);
    CHECK(p->start(p) == HCP_E_STATE);
    CHECK(p->destroy(p) == HCP_E_STATE);
    CHECK(call_all(p) == all_ok);
    CHECK(p->stop(p, 10) == HCP_OK);
    CHECK(call_all(p) == all_state);
    CHECK(p->start(p) == HCP_E_STATE);
    CHECK(p->stop(p, 10) == HCP_OK);
    CHECK(p->destroy(p) == HCP_OK);
    host.destroyed();
}

SCENARIO("a start that fails leaves `created` and no hook", "[states]") {
    test::FakeHost host;
    host.extensions[HCP_EXT_COMPLETION_HOOKS] = &host.hooks;
    auto* p = host.create();
    WHEN("the module refuses") {
        const auto why = GENERATE(as<hcp_status>{}, HCP_E_INVALID, HCP_E_STATE, HCP_E_INTERNAL);
        host.module->start_answer = why;
        CHECK(p->start(p) == why);
        CHECK(host.hook == nullptr);
        host.module->start_answer = HCP_OK;
    }
    WHEN("the host refuses the hook") {
        host.add_hook_answer = HCP_E_REFUSED;
        CHECK(p->start(p) == HCP_E_STATE);
        CHECK(host.said("add_hook"));
        host.add_hook_answer = HCP_OK;
    }
    CHECK(call_all(p) == all_state);
    CHECK(p->start(p) == HCP_OK);
    CHECK(host.hook != nullptr);
}

SCENARIO("a stop that is not finished in time can be called again", "[states]") {
    test::FakeHost host;
    auto* p = host.running();
    host.module->stop_answer = false;
    CHECK(p->stop(p, 0) == HCP_E_TIMEOUT);
    CHECK(call_all(p) == all_state);
    CHECK(p->destroy(p) == HCP_E_STATE);
    CHECK(host.said("不得在停止完成之前（stop 返回 HCP_E_TIMEOUT 后须再次调用）调用"));
    host.module->stop_answer = true;
    CHECK(p->stop(p, 0) == HCP_OK);
}

SCENARIO("a reload that is refused says so", "[states]") {
    test::FakeHost host;
    auto* p = host.running();
    host.module->reload_answer = false;
    CHECK(p->reload(p) == HCP_E_REFUSED);
}

SCENARIO("a forked child gets STATE for everything and touches nothing", "[states]") {
    test::FakeHost host;
    auto* p = host.running();
    const auto lines_before = host.lines.size();
    const pid_t child = fork();
    if (child == 0) {
        const bool refused = call_all(p) == all_state && p->stop(p, 10) == HCP_E_STATE && p->destroy(p) == HCP_E_STATE;
        _exit(refused && host.lines.size() == lines_before ? 0 : 1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
    CHECK(call_all(p) == all_ok);
}

SCENARIO("a hundred times from create to destroy", "[states]") {
    test::FakeHost host;
    host.extensions[HCP_EXT_COMPLETION_HOOKS] = &host.hooks;
    for (int i = 0; i < 100; ++i) {
        auto* p = host.running();
        REQUIRE(call_all(p) == all_ok);
        REQUIRE(p->stop(p, 1000) == HCP_OK);
        REQUIRE(p->destroy(p) == HCP_OK);
        host.destroyed();
    }
    auto* unused = host.create();
    CHECK(unused->destroy(unused) == HCP_OK);
    host.destroyed();
}
