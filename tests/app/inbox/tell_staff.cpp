#include "plugin/app/inbox/tell_staff.hpp"

#include "tests/app/people/centre.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>
#include <vector>

using namespace hcp;
using namespace hcp::domain;
using namespace hcp::test;
using namespace std::chrono_literals;

namespace {

class MailingHost final : public ports::Host {
public:
    std::optional<ports::SignedOn> redeem(std::string_view) override { return std::nullopt; }
    std::optional<ports::ScanPage> list_completed(Instant, std::string_view) override { return std::nullopt; }
    [[nodiscard]] bool can_scan() const noexcept override { return false; }
    bool notify_staff(std::string_view staff_id, std::string_view subject_line, std::string_view body) override {
        if (failing) return false;
        messages.push_back({std::string{staff_id}, std::string{subject_line}, std::string{body}});
        return true;
    }
    [[nodiscard]] bool can_notify_staff() const noexcept override { return can; }

    struct Message {
        std::string to, subject_line, body;
    };
    std::vector<Message> messages;
    bool can = true, failing = false;
};

struct Telling : Centre {
    Telling() { equip(); }
    void tell(app::TellStaff& teller) {
        clock.set(clock.now() + 10s);
        teller.tell();
        while (host_thread.run_next() || writer.run_next()) {
        }
    }
    std::size_t untold() {
        return ask([&](ports::Snapshot& all) { return all.notices().untold(clock.now() - 24h, 100); }).size();
    }
    app::TellStaff::Means means_of(ports::Host& host) {
        return {host, *store, *books, clock, log, writer, host_thread};
    }

    run::Workers writer{0, log}, host_thread{0, log};
};

}  // namespace

SCENARIO("the host is asked once to message whoever has a notice", "[inbox]") {
    Telling desk;
    MailingHost host;
    app::TellStaff one{desk.means_of(host), "https://desk.example/desk/"}, other{desk.means_of(host), ""};
    desk.tell(one);
    host.messages.clear();
    (void)Centre::done(desk.propose("S5", "S6", StaffRole::finance));
    desk.tell(one);
    desk.tell(other);
    REQUIRE(host.messages.size() == 2);
    CHECK(host.messages[0].to == "S3");
    CHECK(host.messages[1].to == "S4");
    CHECK(host.messages[0].subject_line == "好差评：有一条岗位提名待您确认");
    CHECK(host.messages[0].body == "有一条岗位提名待您确认。请登录好差评工作台查看：https://desk.example/desk/");
}

SCENARIO("what the host did not do it is asked for again, for a day", "[inbox]") {
    Telling desk;
    MailingHost host;
    app::TellStaff teller{desk.means_of(host), ""};
    desk.tell(teller);
    host.messages.clear();
    (void)Centre::done(desk.propose("S5", "S6", StaffRole::finance));
    host.failing = true;
    for (int i = 0; i < 3; ++i) desk.tell(teller);
    CHECK(desk.untold() == 2);
    host.failing = false;
    desk.tell(teller);
    CHECK(host.messages.size() == 2);
    CHECK(desk.untold() == 0);

    (void)Centre::done(desk.propose("S5", "S6", StaffRole::committee));
    desk.clock.set(desk.clock.now() + 25h);
    desk.tell(teller);
    CHECK(host.messages.size() == 2);
}

SCENARIO("a host that messages nobody is not asked, and nothing is marked", "[inbox]") {
    Telling desk;
    MailingHost host;
    host.can = false;
    app::TellStaff teller{desk.means_of(host), ""};
    (void)Centre::done(desk.propose("S5", "S6", StaffRole::finance));
    const auto before = desk.untold();
    desk.tell(teller);
    CHECK(desk.untold() == before);
    CHECK(host.messages.empty());
}
