#include "tests/host/fake_host.hpp"

#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

using namespace hcp;
using namespace hcp::test;
using namespace std::chrono_literals;

namespace {

// In a child of fork, so that the tests go on: what it writes to the pipe, and how it ended.
struct Ended {
    std::string said;
    int code = -1;
};
template <class Body>
Ended in_a_child(Body body) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        ::close(ends[0]);
        body(ends[1]);
        ::_exit(99);  // it should not have come back
    }
    ::close(ends[1]);
    Ended ended;
    char block[256];
    for (ssize_t got; (got = ::read(ends[0], block, sizeof block)) > 0;)
        ended.said.append(block, static_cast<std::size_t>(got));
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    return ended;
}

void tell(int to, std::string_view what) {
    (void)!::write(to, what.data(), what.size());
}

}  // namespace

SCENARIO("a host that calls exit() without stop has its module ended first, and exits with its own code",
         "[host][exit]") {
    const auto ended = in_a_child([](int out) {
        auto& host = *new FakeHost;  // as a host's own, it lives on
        auto* const plugin = host.running();
        host.module->on_call = [out](const std::string& function) { tell(out, function + " "); };
        (void)plugin;
        std::exit(7);
    });
    CHECK(ended.code == 7);
    CHECK(ended.said == "close stop ");  // and nothing is released
}

SCENARIO("exit() waits neither for a call that does not end nor for a stop that does not", "[host][exit]") {
    const auto ended = in_a_child([](int) {
        auto& host = *new FakeHost;
        auto* const plugin = host.running();
        host.module->on_call = [](const std::string& function) {
            if (function == "health" || function == "stop") std::this_thread::sleep_for(1h);
        };
        std::thread{[plugin] {
            std::string text;
            (void)plugin->health(plugin, emit_into, &text);
        }}.detach();
        std::this_thread::sleep_for(50ms);
        std::exit(7);
    });
    CHECK(ended.code == 7);
}

SCENARIO("after exit() has begun, calls are refused and the host's log is left alone", "[host][exit]") {
    const auto ended = in_a_child([](int out) {
        static FakeHost& host = *new FakeHost;
        static int to = out;
        std::atexit([] {  // registered before the plugin: called after its own handler
            std::string text;
            tell(to, "late " + std::to_string(host.plugin->health(host.plugin, emit_into, &text)));
            tell(to, host.lines.size() == 1 ? " quiet" : " loud");
        });
        host.running();
        host.host_ports->log().info("running");
        (void)host.host_ports->log().written_by(std::chrono::steady_clock::now() + 5s);
        std::exit(7);
    });
    CHECK(ended.said == "late " + std::to_string(HCP_E_STATE) + " quiet");
    CHECK(ended.code == 7);
}

SCENARIO("a host may still stop and destroy in a handler of its own", "[host][exit]") {
    const auto ended = in_a_child([](int out) {
        static FakeHost& host = *new FakeHost;
        static int to = out;
        std::atexit([] {
            tell(to, std::to_string(host.plugin->stop(host.plugin, 1000)));
            tell(to, std::to_string(host.plugin->destroy(host.plugin)));
        });
        host.running();
        std::exit(7);
    });
    CHECK(ended.said == "00");
    CHECK(ended.code == 7);
}

SCENARIO("a child of fork that exits ends nothing of its parent's", "[host][exit]") {
    FakeHost host;
    host.running();
    int stops = 0;
    host.module->on_call = [&](const std::string& function) { stops += function == "stop" ? 1 : 0; };
    const auto ended = in_a_child([&](int out) {
        host.module->on_call = [out](const std::string&) { tell(out, "called"); };
        std::exit(7);
    });
    CHECK(ended.code == 7);
    CHECK(ended.said.empty());
    CHECK(stops == 0);
}
