#include "plugin/app/membership/watch_instances.hpp"

#include "tests/support/failing_store.hpp"
#include "tests/support/memory_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

constexpr auto lease = 60s;

// A machine of the store: its clock, and the instance on it.
struct Host {
    Host(MemoryDesk& desk, std::string name, std::chrono::microseconds differs = 0s)
        : desk_{desk},
          differs_{differs},
          token{name},
          books{*desk.store, desk.digests, desk.ledger_seal, clock, desk.id_clock} {
        follow();
        const auto number = desk.store->lease_instance(token, clock.now(), clock.now() + lease);
        REQUIRE(number.has_value());
        books.adopt(*number);
        watch.emplace(app::WatchInstances::Means{*desk.store, books, *journal, clock, boot, desk.meter, alarms,
                                                 desk.nobody, desk.nobody},
                      app::WatchInstances::Who{std::move(name), "1.2.3", lease, 2000ms});
        REQUIRE(watch->tell());
    }
    void follow() { clock.set(desk_.clock.now() + differs_); }
    void renew() {
        REQUIRE(desk_.store->lease_instance(token, clock.now(), clock.now() + lease).has_value());
        REQUIRE(watch->tell());
    }
    [[nodiscard]] std::string alarm(std::string_view name) const {
        for (const auto& [what, text] : alarms.all())
            if (what == name) return text;
        return {};
    }

    MemoryDesk& desk_;
    std::chrono::microseconds differs_;
    std::string token;
    ManualClock clock;
    ManualBootClock boot;
    run::Alarms alarms{desk_.log};
    std::unique_ptr<ports::Journal> journal = desk_.open_journal();
    record::Books books;
    std::optional<app::WatchInstances> watch;
};

// Two seconds, after which each looks; who renews does it every 20 s.
void pass(MemoryDesk& desk, std::chrono::seconds time, std::initializer_list<Host*> alive) {
    for (auto left = time; left > 0s; left -= 2s) {
        desk.clock.set(desk.clock.now() + 2s);
        for (auto* host : alive) {
            host->follow();
            host->boot.advance(2s);
            if (left % 20s == 0s) host->renew();
        }
        for (auto* host : alive) host->watch->look();
    }
}

}  // namespace

SCENARIO("each says who it is, and the others see it", "[instances]") {
    MemoryDesk desk;  // holds number 1
    Host a{desk, "大厅一"}, b{desk, "大厅二"};
    REQUIRE(a.journal->append(std::vector<Event>{Desk::completion("A1")}, desk.clock.now()));
    a.renew();
    b.watch->look();
    const auto seen = b.watch->seen();
    REQUIRE(seen.size() == 3);
    REQUIRE(seen[1].state);
    CHECK(seen[1].state->name == "大厅一");
    CHECK(seen[1].state->version == "1.2.3");
    CHECK(seen[1].state->since == desk.clock.now());
    CHECK(seen[1].state->journal_events == 100);  // in hundreds, rounded up (E14)
    CHECK(seen[1].standing(desk.clock.now()) == ports::InstanceStanding::running);
    CHECK(desk.meter.known_instances == 3);
    CHECK(b.alarm("instances").empty());
}

SCENARIO("who was killed is missed when its lease is over, until it is back", "[instances]") {
    MemoryDesk desk;
    Host a{desk, "大厅一"}, b{desk, "大厅二"};
    pass(desk, 20s, {&a, &b});
    pass(desk, 40s, {&b});
    CHECK(b.alarm("instances").empty());
    pass(desk, 40s, {&b});
    CHECK(b.alarm("instances").find("实例 2（大厅一）自 ") == 0);
    CHECK(b.alarm("instances").find("journal adopt") != std::string::npos);
    a.follow();
    a.renew();
    b.watch->look();
    CHECK(b.alarm("instances").empty());
}

SCENARIO("who has stopped is missed only while its journal holds something", "[instances]") {
    MemoryDesk desk;
    Host a{desk, "大厅一"}, b{desk, "大厅二"};
    pass(desk, 20s, {&a, &b});
    WHEN("nothing is left") {
        REQUIRE(a.watch->leave());
        pass(desk, 2min, {&b});
        CHECK(b.alarm("instances").empty());
    }
    WHEN("something is left") {
        REQUIRE(a.journal->append(std::vector<Event>{Desk::completion("A1")}, desk.clock.now()));
        REQUIRE(a.watch->leave());
        b.watch->look();
        CHECK(b.alarm("instances").find("停止，当时本地日志中有不超过 100 个") != std::string::npos);
    }
}

SCENARIO("a host whose clock is ahead of the other's does not trust it, the other does (E24)", "[instances]") {
    MemoryDesk desk;
    Host a{desk, "大厅一"}, b{desk, "大厅二", 10min};
    CHECK_FALSE(a.watch->fits_the_others());  // before it has looked
    pass(desk, 2s, {&a, &b});
    CHECK_FALSE(b.watch->fits_the_others());  // nobody was heard yet
    pass(desk, 80s, {&a, &b});
    CHECK(a.watch->fits_the_others());
    CHECK(a.alarm("clock_fellows").find("实例 3（大厅二）（比本机快）") != std::string::npos);
    CHECK_FALSE(b.watch->fits_the_others());
    CHECK(b.alarm("clock_fellows").find("已暂停结转默认评价") != std::string::npos);
    THEN("put right, it does") {
        b.differs_ = 0s;
        pass(desk, 42s, {&a, &b});
        for (const auto* host : {&a, &b}) {
            CHECK(host->watch->fits_the_others());
            CHECK(host->alarm("clock_fellows").empty());
        }
    }
}

SCENARIO("one that has never been heard is waited for no longer than a lease", "[instances]") {
    MemoryDesk desk;
    Host a{desk, "大厅一"};
    { const Host killed{desk, "大厅二"}; }
    pass(desk, 40s, {&a});
    CHECK_FALSE(a.watch->fits_the_others());
    pass(desk, 22s, {&a});
    CHECK(a.watch->fits_the_others());
}
