#include "plugin/domain/utf8.hpp"
#include "tests/host/fake_host.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using test::text;

SCENARIO("one bad event does not stop the others: the good ones go to the journal together", "[events]") {
    test::FakeHost host;
    auto* p = host.running();
    test::GoodCompletion good;
    hcp_completion three[] = {good.c, good.c, good.c};
    three[0].case_no = text("a");
    three[1].node = {nullptr, 0};
    three[2].case_no = text("c");
    hcp_result results[] = {test::blank_result(), test::blank_result(), test::blank_result()};
    CHECK(p->completed(p, three, 3, results) == HCP_E_INVALID);
    CHECK(results[0].status == HCP_OK);
    CHECK(results[0].field[0] == '\0');
    CHECK(results[1].status == HCP_E_INVALID);
    CHECK(std::string{results[1].field} == "node");
    CHECK(domain::is_utf8(results[1].reason));
    CHECK(results[2].status == HCP_OK);
    REQUIRE(host.module->calls.size() == 1);
    REQUIRE(host.module->calls[0].size() == 2);
    CHECK(std::get<domain::Completion>(host.module->calls[0][1]).key.case_no == "c");

    WHEN("the journal is full") {
        host.module->accept_error = ports::journal_errc::full;
        THEN("the status is that of the first that is not OK") {
            CHECK(p->completed(p, three, 3, results) == HCP_E_FULL);
            CHECK(results[0].status == HCP_E_FULL);
            CHECK(results[1].status == HCP_E_INVALID);
            CHECK(results[2].status == HCP_E_FULL);
            std::swap(three[0], three[1]);
            CHECK(p->completed(p, three, 3, results) == HCP_E_INVALID);
        }
    }
    WHEN("the journal cannot be written") {
        host.module->accept_error = ports::journal_errc::unavailable;
        CHECK(p->completed(p, three, 1, results) == HCP_E_INTERNAL);
        CHECK(results[0].status == HCP_E_INTERNAL);
    }
}

SCENARIO("every kind of event goes through", "[events]") {
    test::FakeHost host;
    auto* p = host.running();
    const hcp_withdrawal w{sizeof w, 0, text("host"), text("case"), text("1"), test::now_us, text("错报")};
    const hcp_bids_opened b{sizeof b, 0, text("host"), text("project"), {}, test::now_us};
    hcp_visit v{};
    v.struct_size = sizeof v;
    v.host_id = text("host");
    v.visit_no = text("v");
    v.visited_at_us = test::now_us;
    CHECK(p->withdrawn(p, &w, 1, nullptr) == HCP_OK);
    CHECK(p->bids_opened(p, &b, 1, nullptr) == HCP_OK);
    CHECK(p->visit(p, &v, 1, nullptr) == HCP_OK);
    REQUIRE(host.module->calls.size() == 3);
    CHECK(std::get<domain::Withdrawal>(host.module->calls[0][0]).reason == "错报");
    CHECK(std::get<domain::BidsOpened>(host.module->calls[1][0]).project_no == "project");
    CHECK(std::get<domain::Visit>(host.module->calls[2][0]).visit_no == "v");
}

SCENARIO("arrays that are not there", "[events]") {
    test::FakeHost host;
    auto* p = host.running();
    test::GoodCompletion good;
    const hcp_completion two[] = {good.c, good.c};
    auto result = test::blank_result();
    CHECK(p->completed(p, nullptr, 0, nullptr) == HCP_OK);
    CHECK(p->completed(p, nullptr, 1, &result) == HCP_E_INVALID);
    CHECK(result.status == HCP_E_INVALID);
    CHECK(p->completed(p, two, 2, nullptr) == HCP_E_INVALID);
    CHECK(host.module->calls.empty());
    CHECK(p->completed(p, two, 1, nullptr) == HCP_OK);
    good.c.node = {nullptr, 0};
    CHECK(p->completed(p, &good.c, 1, nullptr) == HCP_E_INVALID);
    CHECK(host.said("node"));  // with no result to put it into
    CHECK(p->completed(nullptr, two, 1, nullptr) == HCP_E_INVALID);
}

SCENARIO("the hook takes the same way as completed", "[events]") {
    test::FakeHost host;
    host.extensions[HCP_EXT_COMPLETION_HOOKS] = &host.hooks;
    auto* p = host.running();
    REQUIRE(host.hook != nullptr);
    test::GoodCompletion good;
    auto result = test::blank_result();
    host.hook(host.hook_self, &good.c, 1, &result);
    CHECK(result.status == HCP_OK);
    CHECK(host.module->calls.size() == 1);
    const auto hook = host.hook;
    CHECK(p->stop(p, 1000) == HCP_OK);
    CHECK(host.hook == nullptr);
    hook(host.hook_self, &good.c, 1, &result);  // the host's breach
    CHECK(result.status == HCP_E_STATE);
}
