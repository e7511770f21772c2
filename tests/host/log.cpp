#include "adapters/host/host_log.hpp"
#include "adapters/host/line_limit.hpp"
#include "tests/host/fake_host.hpp"

#include <catch2/catch.hpp>

#include <thread>

using namespace hcp;
using namespace hcp::test;
using namespace std::chrono_literals;
using host::HostLog;
using host::LineLimit;

namespace {

const LineLimit::Time start{1h};

int admitted(LineLimit& limit, std::string_view kind, int lines, LineLimit::Time at) {
    int count = 0;
    for (int i = 0; i < lines; ++i) count += limit.admits(kind, at) ? 1 : 0;
    return count;
}

std::vector<std::string> sorted_lines(FakeHost& host) {
    const std::lock_guard lock{host.mutex};
    return host.lines;
}

// A host whose log function waits until the test lets it go on.
struct SlowHost : FakeHost {
    SlowHost() {
        on_log = [this] {
            std::unique_lock lock{gate};
            ++inside;
            changed.notify_all();
            changed.wait(lock, [this] { return open; });
        };
    }
    void wait_until_inside() {
        std::unique_lock lock{gate};
        changed.wait(lock, [this] { return inside > 0; });
    }
    void let_go() {
        const std::lock_guard lock{gate};
        open = true;
        changed.notify_all();
    }
    std::mutex gate;
    std::condition_variable changed;
    int inside = 0;
    bool open = false;
};

auto soon() {
    return std::chrono::steady_clock::now() + 10s;
}

}  // namespace

SCENARIO("of one kind the first lines of a minute are written, and then how many there were beyond", "[host][log]") {
    LineLimit limit;
    CHECK(admitted(limit, "a", 20'000, start) == LineLimit::most_of_a_kind);
    CHECK(admitted(limit, "b", 3, start + 10s) == 3);
    CHECK(limit.next_end() == start + 60s);
    CHECK(limit.over_by(start + 59s).empty());

    const auto over = limit.over_by(start + 60s);
    REQUIRE(over.size() == 1);
    CHECK(over[0].kind == "a");
    CHECK(over[0].lines == 20'000 - LineLimit::most_of_a_kind);

    THEN("a new minute begins with lines again, and one with few lines has nothing to sum up") {
        CHECK(admitted(limit, "a", 2, start + 61s) == 2);
        CHECK(limit.over_by(start + 3min).empty());
        CHECK(limit.next_end() == LineLimit::Time::max());
    }
}

SCENARIO("kinds without end are written and not kept", "[host][log]") {
    LineLimit limit;
    for (std::size_t i = 0; i < LineLimit::most_kinds; ++i) CHECK(limit.admits(std::to_string(i), start));
    CHECK(admitted(limit, "one more", 100, start) == 100);
}

SCENARIO("whoever speaks while the module runs does not wait for the host's log function", "[host][log]") {
    SlowHost host;
    HostLog log{host.abi};
    log.start_writing();
    log.info("first");
    host.wait_until_inside();
    for (int i = 0; i < 100; ++i) log.info("line " + std::to_string(i));  // would never return
    CHECK_FALSE(log.written_by(std::chrono::steady_clock::now() + 20ms));
    CHECK_FALSE(log.stop_writing_by(std::chrono::steady_clock::now() + 20ms));
    host.let_go();
    CHECK(log.stop_writing_by(soon()));
    const auto lines = sorted_lines(host);
    REQUIRE(lines.size() == 101);
    CHECK(lines.front() == "first");
    CHECK(lines.back() == "line 99");
}

SCENARIO("what was left out of the log is summed up, by kind, at the latest when it ends", "[host][log]") {
    FakeHost host;
    HostLog log{host.abi};
    log.start_writing();
    for (int i = 0; i < 20'000; ++i) log.often(ports::LogLevel::warning, "completed 的参数有误", "node，必填");
    CHECK(log.stop_writing_by(soon()));
    const auto lines = sorted_lines(host);
    REQUIRE(lines.size() == LineLimit::most_of_a_kind + 1);
    CHECK(lines.front() == "completed 的参数有误：node，必填");
    CHECK(lines.back() == "completed 的参数有误：另有 19990 行同类日志没有逐行写出");
}

SCENARIO("a host whose log function is too slow is told how much it did not hear", "[host][log]") {
    SlowHost host;
    HostLog log{host.abi};
    log.start_writing();
    log.info("first");
    host.wait_until_inside();
    for (std::size_t i = 0; i < HostLog::most_waiting + 7; ++i) log.info("x");
    host.let_go();
    CHECK(log.stop_writing_by(soon()));
    CHECK(host.lines.size() == HostLog::most_waiting + 2);
    CHECK(host.lines.back() == "宿主的日志函数太慢，有 7 行日志没有写出");
}

SCENARIO("before start and after stop the host's log function is called on the thread that speaks", "[host][log]") {
    FakeHost host;
    HostLog log{host.abi};
    std::thread::id on;
    host.on_log = [&] { on = std::this_thread::get_id(); };
    log.error("拒绝加载");
    CHECK(on == std::this_thread::get_id());
    log.start_writing();
    log.info("running");
    CHECK(log.written_by(soon()));
    CHECK(on != std::this_thread::get_id());
    CHECK(log.stop_writing_by(soon()));
    log.info("stopped");
    CHECK(on == std::this_thread::get_id());
}

SCENARIO("a silenced log calls the host no more", "[host][log]") {
    FakeHost host;
    HostLog log{host.abi};
    log.start_writing();
    log.silence();
    log.error("after exit()");
    CHECK(log.stop_writing_by(soon()));
    log.error("after that");
    CHECK(host.lines.empty());
}
