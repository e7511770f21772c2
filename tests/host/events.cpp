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
    REQUIRE(host.module->pieces.size() == 1);
    REQUIRE(host.module->pieces[0].size() == 2);
    CHECK(std::get<domain::Completion>(host.module->pieces[0][1]).key.case_no == "c");

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

namespace {
// As many good completions of `subjects` subjects each, over storage of their own.
struct Many {
    explicit Many(std::size_t count, std::size_t subjects_each = 1) : events(count, good.c), results(count) {
        for (std::size_t i = 0; i < subjects_each; ++i) {
            numbers.push_back("9137" + std::to_string(i));
            subjects.push_back(good.subjects[0]);
        }
        for (std::size_t i = 0; i < subjects_each; ++i) subjects[i].certificate_no = text(numbers[i]);
        for (std::size_t i = 0; i < count; ++i) {
            events[i].subjects = subjects.data();
            events[i].subject_count = subjects_each;
            results[i] = test::blank_result();
        }
    }
    hcp_status report(hcp_plugin* p) { return p->completed(p, events.data(), events.size(), results.data()); }
    [[nodiscard]] bool all(std::size_t from, std::size_t to, hcp_status status) const {
        return std::all_of(results.begin() + static_cast<std::ptrdiff_t>(from),
                           results.begin() + static_cast<std::ptrdiff_t>(to),
                           [&](const hcp_result& r) { return r.status == status; });
    }
    test::GoodCompletion good;
    std::vector<std::string> numbers;
    std::vector<hcp_subject> subjects;
    std::vector<hcp_completion> events;
    std::vector<hcp_result> results;
};

std::vector<std::size_t> sizes(const test::FakeModule& module) {
    std::vector<std::size_t> all;
    for (const auto& piece : module.pieces) all.push_back(piece.size());
    return all;
}
using Sizes = std::vector<std::size_t>;
}  // namespace

SCENARIO("a long call is handed over in pieces, and is one call all the same", "[events]") {
    test::FakeHost host;
    auto* p = host.running();
    WHEN("it has many events") {
        Many many{1200};
        CHECK(many.report(p) == HCP_OK);
        CHECK(many.all(0, 1200, HCP_OK));
        CHECK(sizes(*host.module) == Sizes{500, 500, 200});
    }
    WHEN("its events have many subjects") {
        Many many{5, 900};
        CHECK(many.report(p) == HCP_OK);
        CHECK(sizes(*host.module) == Sizes{2, 2, 1});
    }
    WHEN("it is as a host sends it by the hundred") {
        Many many{500, 3};
        CHECK(many.report(p) == HCP_OK);
        CHECK(sizes(*host.module) == Sizes{500});
    }
    CHECK(host.module->intakes == 1);
}

SCENARIO("once a piece is not stored, the rest of the call is answered like it, untried", "[events]") {
    test::FakeHost host;
    auto* p = host.running();
    Many many{1600};
    many.events[3].node = many.events[700].node = many.events[1300].node = {nullptr, 0};
    int tries = 0;
    WHEN("the journal is full at the second piece") {
        host.module->on_call = [&](const std::string& function) {
            if (function == "accept" && ++tries == 2) host.module->accept_error = ports::journal_errc::full;
        };
        CHECK(many.report(p) == HCP_E_INVALID);  // of the first that is not OK
        CHECK(many.results[3].status == HCP_E_INVALID);
        CHECK(many.all(4, 501, HCP_OK));
        CHECK(many.all(501, 700, HCP_E_FULL));
        CHECK(many.results[700].status == HCP_E_INVALID);  // judged with its piece
        CHECK(many.all(701, 1600, HCP_E_FULL));            // 1300 was not even looked at
    }
    WHEN("the module falls at the second piece") {
        host.module->on_call = [&](const std::string& function) {
            if (function == "accept" && ++tries == 2) throw std::bad_alloc{};
        };
        many.events[3].node = text("项目登记");
        CHECK(many.report(p) == HCP_E_INTERNAL);
        CHECK(many.all(0, 500, HCP_OK));
        CHECK(many.all(500, 700, HCP_E_INTERNAL));
        CHECK(many.all(701, 1600, HCP_E_INTERNAL));
        CHECK(host.said("内部错误：completed"));
    }
    CHECK(tries == 2);
    CHECK(host.module->pieces.size() == 1);
}

SCENARIO("a count beyond the most is refused before anything is read or written", "[events]") {
    test::FakeHost host;
    auto* p = host.running();
    // What stands behind the one element is not ours to touch.
    test::GoodCompletion good;
    auto result = test::blank_result();
    const auto count = GENERATE(as<std::size_t>{}, HCP_MAX_EVENTS + 1, SIZE_MAX / 232, SIZE_MAX);
    CHECK(p->completed(p, &good.c, count, &result) == HCP_E_INVALID);
    CHECK(p->completed(p, nullptr, count, nullptr) == HCP_E_INVALID);
    CHECK(p->withdrawn(p, nullptr, count, &result) == HCP_E_INVALID);
    CHECK(p->bids_opened(p, nullptr, count, &result) == HCP_E_INVALID);
    CHECK(p->visit(p, nullptr, count, &result) == HCP_E_INVALID);
    CHECK(host.said("最多 100000 个事件"));
    CHECK(p->stop(p, 1000) == HCP_OK);
    CHECK(p->completed(p, &good.c, count, &result) == HCP_E_STATE);
    CHECK(result.status == test::blank_result().status);
    CHECK(host.module->pieces.empty());
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
    REQUIRE(host.module->pieces.size() == 3);
    CHECK(std::get<domain::Withdrawal>(host.module->pieces[0][0]).reason == "错报");
    CHECK(std::get<domain::BidsOpened>(host.module->pieces[1][0]).project_no == "project");
    CHECK(std::get<domain::Visit>(host.module->pieces[2][0]).visit_no == "v");
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
    CHECK(host.module->pieces.empty());
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
    CHECK(host.module->pieces.size() == 1);
    const auto hook = host.hook;
    CHECK(p->stop(p, 1000) == HCP_OK);
    CHECK(host.hook == nullptr);
    hook(host.hook_self, &good.c, 1, &result);  // the host's breach
    CHECK(result.status == HCP_E_STATE);
}
