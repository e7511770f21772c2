#include "adapters/host/calls.hpp"
#include "tests/host/fake_host.hpp"

#include <catch2/catch.hpp>

#include <semaphore>
#include <thread>

using namespace hcp;
using test::text;

SCENARIO("stop waits for the calls in flight, and lets no other in", "[threads]") {
    test::FakeHost host;
    host.extensions[HCP_EXT_COMPLETION_HOOKS] = &host.hooks;
    auto* p = host.running();
    std::binary_semaphore inside{0}, go_on{0};
    host.module->on_call = [&](const std::string& function) {
        if (function != "accept") return;
        inside.release();
        go_on.acquire();
    };
    test::GoodCompletion good;
    auto result = test::blank_result(), late = test::blank_result();
    const auto hook = host.hook;
    std::thread caller{[&] { hook(host.hook_self, &good.c, 1, &result); }};
    inside.acquire();
    CHECK(p->stop(p, 5) == HCP_E_TIMEOUT);
    CHECK(host.hook != nullptr);  // remove_hook would have waited for the call
    CHECK(p->completed(p, &good.c, 1, &late) == HCP_E_STATE);
    CHECK(late.status == HCP_E_STATE);
    CHECK(p->destroy(p) == HCP_E_STATE);
    go_on.release();
    caller.join();
    CHECK(result.status == HCP_OK);
    CHECK(p->stop(p, 1000) == HCP_OK);
    CHECK(host.hook == nullptr);
}

SCENARIO("calls from many threads while it stops are either done or refused", "[threads]") {
    test::FakeHost host;
    auto* p = host.running();
    std::atomic<int> done{0}, refused{0}, other{0}, begun{0};
    std::vector<std::thread> callers;
    for (int t = 0; t < 8; ++t)
        callers.emplace_back([&] {
            test::GoodCompletion good;
            for (;;) {
                const auto status = p->completed(p, &good.c, 1, nullptr);
                ++begun;
                if (status == HCP_OK) {
                    ++done;
                    continue;
                }
                ++(status == HCP_E_STATE ? refused : other);
                return;
            }
        });
    while (begun < 1000) std::this_thread::yield();
    CHECK(p->stop(p, 10'000) == HCP_OK);
    const auto stored = host.module->pieces.size();
    for (auto& t : callers) t.join();
    CHECK(refused == 8);
    CHECK(other == 0);
    CHECK(stored == static_cast<std::size_t>(done));
}

SCENARIO("two control calls at once: one goes on, the other is refused and reported", "[threads]") {
    test::FakeHost host;
    auto* p = host.running();
    std::binary_semaphore inside{0}, go_on{0};
    host.module->on_call = [&](const std::string& function) {
        if (function != "reload") return;
        inside.release();
        go_on.acquire();
    };
    std::thread other{[&] { CHECK(p->reload(p) == HCP_OK); }};
    inside.acquire();
    CHECK(p->stop(p, 10) == HCP_E_STATE);
    CHECK(host.said("宿主违反约定：stop"));
    go_on.release();
    other.join();
    CHECK(host.said("hcp_plugin_create") == host::checks_tags);  // reload came from another thread
}

SCENARIO("a thread that has reported a completion may ask and rate afterwards", "[threads]") {
    test::FakeHost host;
    host.extensions[HCP_EXT_COMPLETION_HOOKS] = &host.hooks;
    auto* p = host.running();
    test::GoodCompletion good;
    auto result = test::blank_result();
    std::string out;
    host.hook(host.hook_self, &good.c, 1, &result);
    CHECK(result.status == HCP_OK);
    CHECK(p->completed(p, &good.c, 1, nullptr) == HCP_OK);
    CHECK(p->pending_for(p, 1, text("x"), {}, 1, test::emit_into, &out) == HCP_OK);
    CHECK_FALSE(host.said("宿主违反约定"));
    CHECK(host.lines.empty());
}

SCENARIO("a log function that calls back is refused and reported, without recursion", "[threads]") {
    test::FakeHost host;
    auto* p = host.running();
    std::vector<hcp_status> answers;
    host.on_log = [&] {
        std::string out;
        answers.push_back(p->health(p, test::emit_into, &out));
        answers.push_back(p->completed(p, nullptr, 0, nullptr));
    };
    for (int i = 0; i < 3; ++i) host.host_ports->log().warning("something to say");
    (void)host.said("");  // all is written
    host.on_log = [] {};
    CHECK(host.said("在 log 函数中回调了插件"));
    CHECK(host.lines.size() == 4);
    CHECK(std::all_of(answers.begin(), answers.end(), [](auto s) { return s == HCP_E_STATE; }));
    std::string out;
    CHECK(p->health(p, test::emit_into, &out) == HCP_OK);
}
