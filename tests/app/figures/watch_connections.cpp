#include "plugin/app/figures/watch_connections.hpp"

#include "tests/support/memory_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

struct Crowded : MemoryDesk {
    void turned_away(std::int64_t total) {
        ports::ConnectionFigures figures;
        figures.limit = 496;
        figures.evicted = total;
        watch.tell(figures);
    }
    bool rings() {
        watch.look();
        return alarms.standing("connections");
    }
    app::WatchConnections watch{{steady, meter, alarms}};
};

}  // namespace

SCENARIO("while many connections are turned away an alarm stands, and it says what to do", "[figures]") {
    Crowded desk;
    desk.turned_away(19);
    CHECK_FALSE(desk.rings());
    desk.turned_away(20);
    CHECK(desk.rings());
    CHECK(desk.alarms.all().front().second.find("上限 496 个") != std::string::npos);
    WHEN("it goes on, the alarm stands") {
        desk.steady.advance(60s);
        desk.turned_away(40);
        CHECK(desk.rings());
        desk.steady.advance(59s);
        CHECK(desk.rings());
    }
    WHEN("a minute passes in which few were turned away, it ends") {
        desk.steady.advance(60s);
        CHECK(desk.rings());
        desk.turned_away(39);
        desk.steady.advance(60s);
        CHECK_FALSE(desk.rings());
    }
}

SCENARIO("who is turned away now and then is no alarm", "[figures]") {
    Crowded desk;
    for (std::int64_t minute = 1; minute <= 10; ++minute) {
        desk.turned_away(minute * 19);
        desk.steady.advance(60s);
        CHECK_FALSE(desk.rings());
    }
}
