#include "tests/web/live_desk.hpp"

#include <sys/resource.h>
#include <unistd.h>

#include <functional>
#include <memory>
#include <thread>
#include <vector>

using namespace hcp;
using namespace hcp::test;

namespace {

struct Crowd : LiveDesk {
    using LiveDesk::LiveDesk;
    ports::ConnectionFigures seen() {
        const std::lock_guard lock{counted_mutex};
        return figures;
    }
    // What the server does by itself takes a moment; how long is not asserted.
    bool comes_to(const std::function<bool(const ports::ConnectionFigures&)>& right) {
        const auto patience = std::chrono::steady_clock::now() + 20s;
        while (!right(seen())) {
            if (std::chrono::steady_clock::now() > patience) return false;
            std::this_thread::yield();
        }
        return true;
    }
    void come(std::size_t count, Client::Over over, Client::More more) {
        for (std::size_t i = 0; i < count; ++i) clients.push_back(std::make_unique<Client>(port, over, more));
    }

    std::uint16_t port = 0;
    std::vector<std::unique_ptr<Client>> clients;
};

// While it lives this process may open one more file, and no second one.
class OneMoreFile {
public:
    OneMoreFile() {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const int next = ::dup(0);
        ::close(next);
        const rlimit limited{static_cast<rlim_t>(next) + 1, before_.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &limited);
    }
    ~OneMoreFile() { ::setrlimit(RLIMIT_NOFILE, &before_); }
    OneMoreFile(const OneMoreFile&) = delete;
    OneMoreFile& operator=(const OneMoreFile&) = delete;

private:
    rlimit before_{};
};

}  // namespace

SCENARIO("who does not begin with TLS is cut off at the time limit of the handshake, and counted", "[web][live]") {
    Crowd desk{Client::Over::tls};
    desk.settings.request_timeout = 200ms;
    desk.port = desk.start().public_port;
    desk.come(2, Client::Over::tls, {.hello = false});
    desk.clients.back()->send_plain("\x16\x03\x01");  // begins, and says no more
    for (const auto& client : desk.clients) CHECK(client->at_end());
    CHECK(desk.comes_to([](const auto& now) { return now.handshake_timeouts == 2 && now.handshaking == 0; }));
}

SCENARIO("an address that fills its share with silence takes nothing from others", "[web][live]") {
    Crowd desk{Client::Over::tls};
    desk.port = desk.start().public_port;
    desk.come(60, Client::Over::tls, {.from = 2, .hello = false});
    CHECK(desk.comes_to([](const auto& now) { return now.handshaking + now.evicted == 60; }));
    CHECK(desk.seen().handshaking <= 13);  // of 50 places
    Client honest{desk.port, Client::Over::tls};
    CHECK(honest.ask(desk.get_text("/healthz")).status == 200);
    Client neighbour{desk.port, Client::Over::tls, {.from = 2}};
    CHECK(neighbour.ask(desk.get_text("/healthz")).status == 200);
}

SCENARIO("addresses that drip requests as much as they may leave room for one more", "[web][live]") {
    Crowd desk;
    desk.port = desk.start().public_port;
    for (int i = 1; i <= 80; ++i) {
        desk.come(1, Client::Over::plain, {.from = 2 + static_cast<unsigned>(i) / 20});
        desk.clients.back()->send("x");
        CHECK(desk.comes_to([i](const auto& now) { return now.busy + now.refused_share == i; }));
    }
    CHECK(desk.seen().refused_share > 0);
    Client honest{desk.port, Client::Over::plain};
    CHECK(honest.ask(desk.get_text("/healthz")).status == 200);
}

SCENARIO("when all places are taken who is idle goes, and a request under way is answered", "[web][live]") {
    Crowd desk;
    desk.settings.max_connections = 10;
    desk.port = desk.start().public_port;
    Client busy{desk.port, Client::Over::plain}, idle{desk.port, Client::Over::plain, {.from = 2}};
    busy.send(desk.get_text("/s?ticket=held"));
    const auto answer = desk.held.get_future().get();
    CHECK(idle.ask(desk.get_text("/healthz")).status == 200);
    for (unsigned from = 3; from < 13; ++from) desk.come(1, Client::Over::plain, {.from = from});
    CHECK(desk.comes_to([](const auto& now) { return now.evicted == 2 && now.idle == 9; }));
    CHECK(idle.at_end());
    CHECK(desk.clients.front()->at_end());
    answer(std::nullopt);
    CHECK(busy.read().status == 403);
    CHECK(desk.seen().limit == 10);
}

SCENARIO("when the process may open no more files who is idle gives up his", "[web][live]") {
    Crowd desk;
    desk.port = desk.start().public_port;
    Client idle{desk.port, Client::Over::plain};
    CHECK(idle.ask(desk.get_text("/healthz")).status == 200);
    const OneMoreFile limited;
    Client newcomer{desk.port, Client::Over::plain};  // this is the one more
    CHECK(newcomer.ask(desk.get_text("/healthz")).status == 200);
    CHECK(idle.at_end());
    CHECK(desk.seen().evicted == 1);
    CHECK(desk.seen().refused_descriptors >= 1);
}

SCENARIO("stop does not wait for who never began", "[web][live]") {
    Crowd desk{Client::Over::tls};
    desk.port = desk.start().public_port;
    desk.come(3, Client::Over::tls, {.hello = false});
    CHECK(desk.comes_to([](const auto& now) { return now.handshaking == 3; }));
    CHECK(desk.server->stop(15s));
    CHECK(desk.seen().handshaking == 0);
    CHECK(desk.seen().handshake_timeouts == 0);
}
