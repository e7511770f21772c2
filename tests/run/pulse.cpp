#include "plugin/run/pulse.hpp"

#include "tests/support/manual_clock.hpp"
#include "tests/support/recorded_log.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>
#include <string>
#include <vector>

using namespace hcp;
using namespace hcp::test;

namespace {

// A world of one thread: what was called, in its order.
struct Beaten {
    void every(std::chrono::milliseconds interval, const std::string& name) {
        pulse.every(interval, [this, name] { called.push_back(name); });
    }
    // What is called at that time after the start.
    std::vector<std::string> at(std::chrono::milliseconds time) {
        steady.advance(start + time - steady.now());
        called.clear();
        next = pulse.beat() - start;
        return called;
    }

    using Names = std::vector<std::string>;
    ManualSteadyClock steady;
    RecordedLog log;
    run::Pulse pulse{steady, log};
    const ports::SteadyClock::Time start = steady.now();
    Names called;
    std::chrono::nanoseconds next{};
};

}  // namespace

SCENARIO("a task is called first when its interval is over, and then at every interval", "[pulse]") {
    Beaten world;
    world.every(1000ms, "a");
    CHECK(world.at(0ms).empty());
    CHECK(world.next == 1000ms);
    CHECK(world.at(999ms).empty());
    CHECK(world.next == 1000ms);
    CHECK(world.at(1000ms) == Beaten::Names{"a"});
    CHECK(world.next == 2000ms);
    CHECK(world.at(1000ms).empty());
    CHECK(world.at(2000ms) == Beaten::Names{"a"});
}

SCENARIO("the answer is when the soonest is due, so that going from answer to answer misses none", "[pulse]") {
    Beaten world;
    world.every(3000ms, "three");
    world.every(2000ms, "two");
    Beaten::Names all;
    world.at(0ms);
    while (world.next <= 6000ms)
        for (auto& name : world.at(std::chrono::duration_cast<std::chrono::milliseconds>(world.next)))
            all.push_back(name);
    CHECK(all == Beaten::Names{"two", "three", "two", "three", "two"});
    CHECK(world.next == 8000ms);
}

SCENARIO("what has been due longest is called first, and of two due together the one that was named first", "[pulse]") {
    Beaten world;
    world.every(300ms, "late");
    world.every(200ms, "early");
    world.every(200ms, "also early");
    CHECK(world.at(300ms) == Beaten::Names{"early", "also early", "late"});
}

SCENARIO("a call that comes late does not move those after it", "[pulse]") {
    Beaten world;
    world.every(1000ms, "a");
    CHECK(world.at(1400ms) == Beaten::Names{"a"});
    CHECK(world.next == 2000ms);
}

SCENARIO("what was missed for long is not made up for beat by beat", "[pulse]") {
    Beaten world;
    world.every(1000ms, "a");
    CHECK(world.at(3'600'000ms).size() <= 2);
    CHECK(world.next == 3'601'000ms);
}

SCENARIO("a task that takes longer than its interval does not keep the others from their turn", "[pulse]") {
    Beaten world;
    int slow = 0;
    world.pulse.every(100ms, [&] {
        if (++slow == 1) world.steady.advance(1000ms);
    });
    world.every(150ms, "quick");
    CHECK(world.at(150ms) == Beaten::Names{"quick"});
    CHECK(slow == 1);
}

SCENARIO("a task that throws ends alone: the others are called, it comes again, and the log is told", "[pulse]") {
    Beaten world;
    int tries = 0;
    world.pulse.every(1000ms, [&] {
        ++tries;
        throw std::runtime_error{"内存不足"};
    });
    world.every(1000ms, "a");
    CHECK(world.at(1000ms) == Beaten::Names{"a"});
    CHECK(world.log.lines.size() == 1);
    CHECK(world.log.said("内存不足"));
    CHECK(world.next == 2000ms);
    CHECK(world.at(2000ms) == Beaten::Names{"a"});
    CHECK(tries == 2);
}
