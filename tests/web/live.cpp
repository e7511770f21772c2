#include "adapters/web/protection.hpp"
#include "tests/web/live_desk.hpp"

#include <future>
#include <optional>
#include <thread>

using namespace hcp;
using namespace hcp::test;

SCENARIO("a person without JavaScript rates over TLS on one kept connection", "[web][live]") {
    LiveDesk desk{Client::Over::tls};
    const auto started = desk.start();
    CHECK(started.public_port != 0);
    CHECK(started.operations_port != started.public_port);
    std::optional<Client> client{std::in_place, started.public_port, Client::Over::tls};
    REQUIRE(client->connected());
    CHECK(client->tls_version() == "TLSv1.3");

    const auto page = client->ask(desk.get_text(desk.path));
    CHECK(page.status == 200);
    CHECK(page.headers.at("content-security-policy") == web::content_security_policy);
    CHECK(page.headers.at("strict-transport-security") == "max-age=31536000");
    CHECK(contains(page.body, "提交评价"));
    CHECK(client->ask(desk.get_text(web::asset_path("assets/site.css"))).status == 200);

    const auto tapped = client->ask(desk.post_text(desk.path, "request_key=k1&level=1"));
    CHECK(tapped.status == 303);
    CHECK(desk.view(desk.event).draft.has_value());
    const auto sent = client->ask(desk.post_text(desk.path, "stage=details&request_key=k1&level=1&tag_1=108"));
    CHECK(sent.status == 303);
    CHECK(sent.headers.at("location") == desk.path + "/receipt");
    CHECK(client->ask(desk.post_text(desk.path, "stage=details&request_key=k1&level=1&tag_1=108")).status == 303);
    CHECK(client->ask(desk.get_text(desk.path + "/receipt")).status == 200);
    CHECK(desk.view(desk.event).evaluation.state == domain::EvaluationState::rated);
    auto stopped = std::async(std::launch::async, [&] { return desk.server->stop(5s); });
    CHECK(client->at_end());
    client.reset();  // or the server would wait for the other half of the farewell
    CHECK(stopped.get());
    CHECK_FALSE(contains(desk.web_log.all(), desk.token_text(desk.event)));
    const std::lock_guard lock{desk.counted_mutex};
    CHECK(desk.counted.size() == 6);
    for (const auto& [route, status] : desk.counted) CHECK_FALSE(contains(route, desk.token_text(desk.event)));
}

SCENARIO("the address of pages and the address of operations have nothing in common", "[web][live]") {
    LiveDesk desk;
    const auto started = desk.start();
    Client people{started.public_port, Client::Over::plain}, operators{started.operations_port, Client::Over::plain};
    CHECK(operators.ask(desk.get_text("/metrics")).body == "metrics\n");
    CHECK(operators.ask(desk.get_text(desk.path)).status == 404);
    CHECK(people.ask(desk.get_text("/metrics")).status == 404);
    CHECK(people.ask(desk.get_text("/healthz")).body == "ok\n");
}

SCENARIO("a link in a receipt has the port that the listener got", "[web][live]") {
    LiveDesk desk;
    desk.settings.base_url = {"http", "127.0.0.1", 0, "", "http://127.0.0.1"};
    const auto started = desk.start();
    Client client{started.public_port, Client::Over::plain};
    CHECK(client.ask(desk.post_text(desk.path, "request_key=k&level=5")).status == 303);
    Client other{started.public_port, Client::Over::plain};
    CHECK(other.ask("GET /s?ticket=good HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 303);
}

SCENARIO("what is too large is refused with a reason, before it is read", "[web][live]") {
    LiveDesk desk;
    const auto started = desk.start();
    WHEN("the body is announced as too long and sent all the same") {
        Client client{started.public_port, Client::Over::plain};
        const auto answer = client.ask(desk.post_text(desk.path, std::string(300'000, 'a')));
        CHECK(answer.status == 413);
        CHECK(contains(answer.body, "内容过大"));
        CHECK(client.at_end());
    }
    WHEN("the body has no announced length") {
        Client client{started.public_port, Client::Over::plain};
        std::string chunked = "POST " + desk.path +
                              " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n4000\r\n" +
                              std::string(0x4000, 'a') + "\r\n0\r\n\r\n";
        CHECK(client.ask(chunked).status == 413);
    }
    WHEN("the header is huge") {
        Client client{started.public_port, Client::Over::plain};
        CHECK(client.ask("GET / HTTP/1.1\r\nX: " + std::string(40'000, 'x') + "\r\n\r\n").status == 431);
    }
    WHEN("the same happens over TLS") {
        LiveDesk secure{Client::Over::tls};
        Client client{secure.start().public_port, Client::Over::tls};
        CHECK(client.ask(secure.post_text(secure.path, std::string(20'000, 'a'))).status == 413);
    }
}

SCENARIO("hostile bytes get an answer or a closed connection, and the next person is served", "[web][live]") {
    LiveDesk desk;
    const auto started = desk.start();
    const std::pair<std::string, int> hostile[] = {
        {"GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n", 404},
        {"GET /e/..%2f..%2fetc%2fpasswd HTTP/1.1\r\nHost: localhost\r\n\r\n", 404},
        {"GET /e/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n", 404},
        {"GET /e/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n", 404},
        {std::string{"GET /e/a\0b HTTP/1.1\r\nHost: x\r\n\r\n", 32}, 400},
        {"GET * HTTP/1.1\r\nHost: localhost\r\n\r\n", 400},
        {"BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n", 405},
        {"garbage\r\n\r\n", 400},
        {"GET / HTTP/9.9\r\n\r\n", 400},
        {"POST " + desk.path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 400},
        {"POST " + desk.path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
         400},
        {"POST " + desk.path +
             " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         400},
    };
    for (const auto& [bytes, status] : hostile) {
        INFO(bytes);
        Client client{started.public_port, Client::Over::plain};
        const auto answer = client.ask(bytes);
        CHECK(answer.status == status);
        Client next{started.public_port, Client::Over::plain};
        CHECK(next.ask(desk.get_text("/healthz")).status == 200);
    }
    CHECK(desk.view(desk.event).evaluation.state == domain::EvaluationState::open);
}

SCENARIO("who drips a header or a body is cut off at the time limit", "[web][live]") {
    LiveDesk desk;
    desk.settings.request_timeout = 200ms;
    const auto started = desk.start();
    Client header{started.public_port, Client::Over::plain}, body{started.public_port, Client::Over::plain},
        silent{started.public_port, Client::Over::plain};
    header.send("GET /healthz HTTP/1.1\r\nHo");
    body.send("POST " + desk.path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nlev");
    CHECK(header.at_end());
    CHECK(body.at_end());
    CHECK(silent.at_end());
}

SCENARIO("requests sent in one go are answered in order, and HEAD has no body", "[web][live]") {
    LiveDesk desk;
    Client client{desk.start().public_port, Client::Over::plain};
    client.send("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n" + desk.get_text("/healthz") +
                "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    const auto head = client.read(true);
    CHECK(head.status == 200);
    CHECK(head.headers.at("content-length") != "0");
    CHECK(client.read().body == "ok\n");
    CHECK(contains(client.read().body, "怎样评价"));
    CHECK(client.at_end());
}

SCENARIO("one address is limited coarsely, and a body that follows is not read", "[web][live]") {
    LiveDesk desk;
    desk.settings.per_address_per_minute = 1;
    const auto started = desk.start();
    Client client{started.public_port, Client::Over::plain};
    CHECK(client.ask(desk.get_text("/")).status == 200);
    const auto refused = client.ask(desk.post_text(desk.path, "request_key=k&level=5"));
    CHECK(refused.status == 429);
    CHECK(refused.headers.contains("retry-after"));
    CHECK(refused.headers.at("connection") == "close");
    CHECK(desk.view(desk.event).evaluation.state == domain::EvaluationState::open);
}

SCENARIO("who waits too long for the database is told that the result is unknown", "[web][live]") {
    LiveDesk desk;
    desk.settings.request_timeout = 300ms;
    const auto started = desk.start();
    std::promise<void> release;
    std::shared_future<void> released{release.get_future()};
    for (int i = 0; i < 2; ++i) desk.database.post([released] { released.wait(); });
    Client client{started.public_port, Client::Over::plain};
    const auto answer = client.ask(desk.get_text(desk.path));
    CHECK(answer.status == 503);
    CHECK(answer.headers.contains("retry-after"));
    release.set_value();
    Client next{started.public_port, Client::Over::plain};
    CHECK(next.ask(desk.get_text("/healthz")).status == 200);
}

SCENARIO("an answer that is stored after its sender stopped waiting is there when the page is read again",
         "[web][live]") {
    LiveDesk desk;
    desk.settings.request_timeout = 300ms;
    const auto started = desk.start();
    std::promise<void> release, done;
    desk.writer.post([released = release.get_future().share()] { released.wait(); });
    Client client{started.public_port, Client::Over::plain};
    const auto answer = client.ask(desk.post_text(desk.path, "request_key=k&level=5"));
    CHECK(answer.status == 503);
    CHECK(contains(answer.body, "结果未知，请刷新查看"));
    release.set_value();
    desk.writer.post([&done] { done.set_value(); });  // one thread, in order: the answer was taken before this
    done.get_future().wait();
    CHECK(desk.view(desk.event).evaluation.state == domain::EvaluationState::rated);
}

SCENARIO("when too many already wait, the next is told at once to come back", "[web][live]") {
    LiveDesk desk;
    desk.max_waiting = 1;
    const auto started = desk.start();
    Client waiting{started.public_port, Client::Over::plain}, next{started.public_port, Client::Over::plain};
    waiting.send(desk.get_text("/s?ticket=held"));
    const auto answer = desk.held.get_future().get();
    CHECK(next.ask(desk.get_text("/")).status == 503);
    answer(std::nullopt);
    CHECK(waiting.read().status == 403);
    CHECK(next.ask(desk.get_text("/")).status == 200);
}

SCENARIO("a second TLS connection resumes the first", "[web][live]") {
    LiveDesk desk{Client::Over::tls};
    const auto started = desk.start();
    Client first{started.public_port, Client::Over::tls};
    CHECK(first.ask(desk.get_text("/healthz")).status == 200);
    CHECK_FALSE(first.resumed());
    Client second{started.public_port, Client::Over::tls, {.resume = &first}};
    CHECK(second.resumed());
    CHECK(second.ask(desk.get_text("/healthz")).status == 200);
}

SCENARIO("stop ends idle connections, lets a request in progress finish, and can be called again", "[web][live]") {
    LiveDesk desk;
    const auto started = desk.start();
    Client idle{started.public_port, Client::Over::plain}, busy{started.public_port, Client::Over::plain};
    CHECK(idle.ask(desk.get_text("/healthz")).status == 200);
    busy.send(desk.get_text("/s?ticket=held"));
    const auto answer = desk.held.get_future().get();
    std::thread stopping{[&] { CHECK(desk.server->stop(15s)); }};
    CHECK(idle.at_end());
    answer(std::nullopt);
    CHECK(busy.read().status == 403);
    CHECK(busy.at_end());
    stopping.join();
    CHECK(desk.server->stop(1s));
    CHECK_FALSE(Client{started.public_port, Client::Over::plain}.connected());
}

SCENARIO("a server that cannot have its address or certificate says so and runs nothing", "[web][live]") {
    LiveDesk desk;
    const auto started = desk.start();
    desk.settings.listen.port = started.public_port;
    web::WebOptions web_options;
    web_options.public_web = desk.settings;
    web::WebServer second{desk.services(), web_options};
    CHECK_FALSE(second.start().has_value());
    CHECK(contains(desk.web_log.all(), "不能在 127.0.0.1:"));
    web_options.public_web->tls = {desk.dir.path() / "absent.pem", desk.dir.path() / "absent.pem"};
    web::WebServer third{desk.services(), web_options};
    CHECK_FALSE(third.start().has_value());
    CHECK(contains(desk.web_log.all(), "证书或私钥不能使用"));
}
