#include "adapters/host/host_ports.hpp"

#include "tests/host/fake_host.hpp"

#include <catch2/catch.hpp>

using namespace hcp;
using test::text;

namespace {
// Extensions whose answers a test sets.
struct Extensions : test::FakeHost {
    Extensions() {
        identity.struct_size = sizeof identity;
        identity.redeem = [](void* self, hcp_text given, void (*found)(void*, const hcp_identity*), void* ctx) {
            auto& e = *static_cast<Extensions*>(static_cast<test::FakeHost*>(self));
            e.ticket.assign(given.data, given.size);
            for (int i = 0; e.who && i < e.times_found; ++i) found(ctx, e.who);
            return e.status;
        };
        scan.struct_size = sizeof scan;
        scan.list_completed = [](void* self, int64_t since_us, hcp_text from,
                                 void (*each)(void*, const hcp_completion*), hcp_emit emit_next, void* ctx) {
            auto& e = *static_cast<Extensions*>(static_cast<test::FakeHost*>(self));
            e.since = since_us;
            e.cursor = from.data ? std::string(from.data, from.size) : "";
            for (const auto* c : e.completed) each(ctx, c);
            for (int i = 0; i < e.times_next; ++i) emit_next(ctx, e.next);
            if (e.throws) throw std::runtime_error{"a host in C++"};
            return e.status;
        };
        notify.struct_size = sizeof notify;
        notify.notify = [](void* self, int32_t, hcp_text number, hcp_text, hcp_text body) {
            auto& e = *static_cast<Extensions*>(static_cast<test::FakeHost*>(self));
            e.notified = std::string(number.data, number.size) + ": " + std::string(body.data, body.size);
            return e.status;
        };
        extensions[HCP_EXT_IDENTITY] = &identity;
        extensions[HCP_EXT_COMPLETION_SCAN] = &scan;
        extensions[HCP_EXT_NOTIFY] = &notify;
    }
    hcp_ext_identity identity{};
    hcp_ext_completion_scan scan{};
    hcp_ext_notify notify{};
    const hcp_identity* who = nullptr;
    std::vector<const hcp_completion*> completed;
    hcp_text next{};
    hcp_status status = HCP_OK;
    int times_found = 1, times_next = 1;
    bool throws = false;
    std::string ticket, cursor, notified;
    int64_t since = 0;
};
}  // namespace

SCENARIO("the log takes what is important enough, borrowed and whole", "[host_ports]") {
    test::FakeHost host;
    host::HostPorts host_ports{host.abi};
    host_ports.log().debug("hidden");
    host_ports.log().info("一行");
    host_ports.log().least_level(ports::LogLevel::error);
    host_ports.log().warning("hidden too");
    host_ports.log().error("two");
    CHECK(host.lines == std::vector<std::string>{"一行", "two"});
    CHECK(host.levels == std::vector<int32_t>{HCP_LOG_INFO, HCP_LOG_ERROR});
    host.on_log = [] { throw std::runtime_error{"a host in C++"}; };
    host_ports.log().error("three");
    host.on_log = [] {};
    host_ports.log().error("four");
    CHECK(host.lines.back() == "four");
}

SCENARIO("an extension that is too short or lacks its function counts as absent, and the log says so", "[host_ports]") {
    Extensions host;
    WHEN("it is too short") {
        host.scan.struct_size = 8;
    }
    WHEN("it lacks the function") {
        host.scan.list_completed = nullptr;
    }
    host::HostPorts host_ports{host.abi};
    CHECK_FALSE(host_ports.can_scan());
    CHECK(host_ports.can_notify());
    CHECK_FALSE(host_ports.list_completed({}, "").has_value());
    REQUIRE(host.lines.size() == 1);
    CHECK(host.said(HCP_EXT_COMPLETION_SCAN));
}

SCENARIO("hooks that lack one of their two functions count as absent, and the log says so", "[host_ports]") {
    Extensions host;
    host.extensions[HCP_EXT_COMPLETION_HOOKS] = &host.hooks;
    if (GENERATE(true, false))
        host.hooks.add_hook = nullptr;
    else
        host.hooks.remove_hook = nullptr;
    const host::HostPorts host_ports{host.abi};
    REQUIRE(host.lines.size() == 1);
    CHECK(host.said(HCP_EXT_COMPLETION_HOOKS));
}

SCENARIO("a ticket that is found twice is refused, and the host is told", "[host_ports]") {
    Extensions host;
    host::HostPorts host_ports{host.abi};
    const hcp_identity who{sizeof who, HCP_SUBJECT_LEGAL, text("9137"), {}};
    host.who = &who;
    host.times_found = 2;
    CHECK_FALSE(host_ports.redeem("t").has_value());
    CHECK(host.said("宿主违反约定：redeem"));
}

SCENARIO("a page of the scan ends with next, once, or the scan fails and the host is told", "[host_ports]") {
    Extensions host;
    host::HostPorts host_ports{host.abi};
    (void)host_ports.choose_clock(true);
    test::GoodCompletion good;
    host.completed = {&good.c};
    host.times_next = GENERATE(0, 2);
    CHECK_FALSE(host_ports.list_completed({}, "").has_value());
    CHECK(host.said("宿主违反约定：list_completed"));
    host.times_next = 1;
    CHECK(host_ports.list_completed({}, "").has_value());
}

SCENARIO("without extensions everything is absent and nothing fails", "[host_ports]") {
    test::FakeHost host;
    host.extensions.clear();
    host::HostPorts host_ports{host.abi};
    CHECK_FALSE(host_ports.redeem("t").has_value());
    CHECK_FALSE(host_ports.list_completed({}, "").has_value());
    CHECK_FALSE(host_ports.notify(domain::SubjectType::legal, "x", "y", "z"));
    CHECK(host_ports.add_hook(nullptr, nullptr));
    CHECK(host_ports.remove_hook(nullptr, nullptr));
    (void)host_ports.choose_clock(true);
    CHECK_FALSE(host_ports.clock_is_virtual());
    CHECK(host.lines.empty());
}

SCENARIO("the host's clock is asked only when it is allowed", "[host_ports]") {
    test::FakeHost host;
    host.now = 1234;
    host::HostPorts host_ports{host.abi};
    CHECK_FALSE(host_ports.clock_is_virtual());
    CHECK(domain::to_us(host_ports.choose_clock(true).now()) == 1234);
    CHECK(host_ports.clock_is_virtual());
    CHECK(domain::to_us(host_ports.choose_clock(false).now()) != 1234);
}

SCENARIO("a ticket becomes who it is, or nothing", "[host_ports]") {
    Extensions host;
    host::HostPorts host_ports{host.abi};
    hcp_identity who{sizeof who, HCP_SUBJECT_LEGAL, text("9137"), {}};
    CHECK_FALSE(host_ports.redeem("unknown").has_value());
    host.who = &who;
    const auto subject = host_ports.redeem("t-1");
    REQUIRE(subject.has_value());
    CHECK(host.ticket == "t-1");
    CHECK_FALSE(subject->staff);
    CHECK(subject->certificate_no == "9137");
    who = {sizeof who, 0, {}, text("s-1")};
    CHECK(host_ports.redeem("t")->staff);
    CHECK(host_ports.redeem("t")->staff_id == "s-1");
    who.staff_id = {};
    CHECK_FALSE(host_ports.redeem("t").has_value());
    who = {sizeof who, 7, text("9137"), {}};
    CHECK_FALSE(host_ports.redeem("t").has_value());
    who = {8, HCP_SUBJECT_LEGAL, text("9137"), {}};
    CHECK_FALSE(host_ports.redeem("t").has_value());
    who = {sizeof who, HCP_SUBJECT_LEGAL, text("9137"), {}};
    host.status = HCP_E_REFUSED;
    CHECK_FALSE(host_ports.redeem("t").has_value());
}

SCENARIO("a scan gives a page, counting what the gate would have refused", "[host_ports]") {
    Extensions host;
    host::HostPorts host_ports{host.abi};
    (void)host_ports.choose_clock(true);
    host_ports.accept_hosts_by([](const std::string& id) { return id == "host"; });
    test::GoodCompletion good, bad, stranger;
    bad.c.node = {nullptr, 0};
    stranger.c.host_id = text("stranger");
    host.completed = {&good.c, &bad.c, nullptr, &stranger.c, &good.c};
    host.next = text("page-2");
    const auto page = host_ports.list_completed(domain::instant_from_us(77), "page-1");
    REQUIRE(page.has_value());
    CHECK(page->completions.size() == 2);
    CHECK(page->malformed == 3);
    CHECK(page->next_cursor == "page-2");
    CHECK(host.since == 77);
    CHECK(host.cursor == "page-1");
    host.throws = true;
    CHECK_FALSE(host_ports.list_completed({}, "").has_value());
    CHECK(host.said("宿主违反约定"));
    host.throws = false;
    host.status = HCP_E_INTERNAL;
    CHECK_FALSE(host_ports.list_completed({}, "").has_value());
}

SCENARIO("a notice goes to the host", "[host_ports]") {
    Extensions host;
    host::HostPorts host_ports{host.abi};
    CHECK(host_ports.notify(domain::SubjectType::legal, "9137", "请评价", "链接"));
    CHECK(host.notified == "9137: 链接");
    host.status = HCP_E_REFUSED;
    CHECK_FALSE(host_ports.notify(domain::SubjectType::legal, "9137", "请评价", "链接"));
}
