#include "tests/support/desk.hpp"

#include "plugin/app/pulse.hpp"

#include <future>
#include <stdexcept>

using namespace hcp;
using namespace hcp::test;

SCENARIO("a task that throws ends alone: its thread and its flight go on, and the log is told", "[workers]") {
    RecordedLog log;
    {
        app::Workers workers{1, log};
        std::atomic<int> runs = 0;
        std::promise<void> second;
        app::SingleFlight flight{workers, [&] {
                                     if (++runs == 1) throw std::runtime_error{"内存不足"};
                                     second.set_value();
                                 }};
        flight.poke();
        std::promise<void> behind;
        workers.post([&] { behind.set_value(); });
        behind.get_future().wait();
        flight.poke();
        second.get_future().wait();
        CHECK(runs == 2);
    }
    REQUIRE(log.lines.size() == 1);
    CHECK(log.lines[0].find("内存不足") != std::string::npos);
}

SCENARIO("pokes while a flight runs lead to one more run, however many there were", "[workers]") {
    RecordedLog log;
    app::Workers workers{1, log};
    std::atomic<int> runs = 0;
    std::promise<void> running, go, twice;
    app::SingleFlight flight{workers, [&] {
                                 if (++runs == 1) {
                                     running.set_value();
                                     go.get_future().wait();
                                 } else {
                                     twice.set_value();
                                 }
                             }};
    flight.poke();
    running.get_future().wait();
    for (int i = 0; i < 100; ++i) flight.poke();
    go.set_value();
    twice.get_future().wait();
    std::promise<void> behind;
    workers.post([&] { behind.set_value(); });
    behind.get_future().wait();
    CHECK(runs == 2);
}
