#include "adapters/province/https_client.hpp"

#include "tests/province/test_server.hpp"

#include <catch2/catch.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <future>
#include <map>
#include <mutex>

using namespace hcp;
using namespace hcp::province;
using namespace hcp::test;
using namespace std::chrono_literals;
using Then = Answer::Then;

namespace {

const Identity& ca() {
    static const auto identity = make_ca();
    return identity;
}

ports::Url url(std::uint16_t port, std::string scheme = "https", std::string host = "localhost") {
    return {scheme, host, port, "/base", scheme + "://" + host + ":" + std::to_string(port) + "/base"};
}

HttpsOptions options(const ports::Url& base, const CertificateFile* ca_file) {
    HttpsOptions o;
    o.base = base;
    if (ca_file) o.ca_file = ca_file->path();
    o.connections = 1;
    o.connect = 5s;
    o.total = 5s;
    return o;
}

HttpRequest request(std::string body = "{}", bool repeatable = false) {
    return {"POST", "/path", {{"C-Tenancy-Id", "370000000000"}}, std::move(body), repeatable};
}

std::future<HttpOutcome> send(HttpsClient& client, const HttpRequest& r) {
    auto promise = std::make_shared<std::promise<HttpOutcome>>();
    client.send(r, [promise](HttpOutcome outcome) { promise->set_value(std::move(outcome)); });
    return promise->get_future();
}
HttpOutcome ask(HttpsClient& client, const HttpRequest& r = request()) {
    return send(client, r).get();
}

Answer fine(const Seen&) {
    return {http_reply(200, "ok"), Then::keep};
}

bool not_sent(const HttpOutcome& o) {
    return !o.reply && o.progress == Progress::not_sent;
}
bool unknown(const HttpOutcome& o) {
    return !o.reply && o.progress == Progress::unknown;
}

}  // namespace

TEST_CASE("posts share a kept connection and carry their headers", "[province][https]") {
    const CertificateFile roots{ca()};
    TestServer server{
        issue(ca(), "DNS:localhost"), [](const Seen& seen) {
            return Answer{http_reply(429, seen.body, "Retry-After: 3\r\nContent-Type: text/x\r\n"), Then::keep};
        }};
    HttpsClient client{options(url(server.port()), &roots)};
    for (const auto* body : {"first", "second", "third"}) {
        const auto outcome = ask(client, request(body));
        INFO(outcome.why);
        REQUIRE(outcome.reply);
        CHECK(outcome.reply->status == 429);
        CHECK(outcome.reply->body == body);
        CHECK(outcome.reply->retry_after == "3");
        CHECK(outcome.reply->content_type == "text/x");
    }
    const auto seen = server.seen();
    CHECK(seen.back().connection == 1);
    CHECK(seen.front().head.starts_with("POST /base/path HTTP/1.1\r\nHost: localhost:" + std::to_string(server.port()) +
                                        "\r\n"));
    CHECK(seen.front().head.find("\r\nC-Tenancy-Id: 370000000000\r\n") != std::string::npos);
}

TEST_CASE("a header value cannot begin another header", "[province][https]") {
    TestServer server{std::nullopt, fine};
    HttpsClient client{options(url(server.port(), "http"), nullptr)};
    CHECK(ask(client, {"POST", "/", {{"X", "a\r\nY: 山"}}, "", false}).reply);
    CHECK(server.seen().front().head.find("\r\nX: a??Y: ???\r\n") != std::string::npos);
}

TEST_CASE("an address in place of a name is verified as an address", "[province][https]") {
    const CertificateFile roots{ca()};
    TestServer server{issue(ca(), "IP:127.0.0.1"), fine};
    HttpsClient client{options(url(server.port(), "https", "127.0.0.1"), &roots)};
    CHECK(ask(client).reply);
}

TEST_CASE("an untrusted server never sees a request", "[province][https]") {
    const CertificateFile roots{ca()};
    struct {
        Identity identity;
        std::string why;
    } cases[] = {{issue(ca(), "DNS:localhost", -1), "证书已过期"},
                 {issue(ca(), "DNS:other.example"), "证书与主机名不符"},
                 {issue(make_ca(), "DNS:localhost"), "证书不是由所配置的 CA 签发"}};
    for (const auto& [identity, why] : cases) {
        TestServer server{identity, fine};
        HttpsClient client{options(url(server.port()), &roots)};
        const auto outcome = ask(client);
        CHECK(not_sent(outcome));
        CHECK(outcome.why == "TLS 握手失败：" + why);
        CHECK(server.seen().empty());
    }
}

TEST_CASE("what hinders a handshake is told in words that an administrator can act on", "[province][https]") {
    const CertificateFile roots{ca()};
    using Manner = TestServer::Manner;
    struct {
        Identity identity;
        Manner manner;
        std::string why;
    } cases[] = {{issue(ca(), "DNS:localhost"), Manner::old,
                  "对方只支持 TLS 1.2 以下的旧版本，不能使用；请对方启用 TLS 1.2 或以上"},
                 {issue(ca(), "DNS:localhost"), Manner::in_clear,
                  "对方没有使用 TLS（可能是明文 HTTP 端口）；请核对 base_url 的端口"},
                 {issue(make_ca(ca()), "DNS:localhost"), Manner::normal,
                  "证书不是由所配置的 CA 签发，或对方没有送出中间证书；请核对 ca_file，或请对方补齐证书链"},
                 {issue_by_subject(ca(), "localhost"), Manner::normal, "证书与主机名不符"}};
    for (const auto& [identity, manner, why] : cases) {
        TestServer server{identity, fine, manner};
        HttpsClient client{options(url(server.port()), &roots)};
        const auto outcome = ask(client);
        CHECK(not_sent(outcome));
        CHECK(outcome.why == "TLS 握手失败：" + why);
        CHECK(server.seen().empty());
    }
}

TEST_CASE("a far end that drops what comes second gets one request a connection from then on", "[province][https]") {
    std::atomic<int> dropped{0};
    std::mutex mutex;
    std::map<int, int> requests;  // by connection
    TestServer server{std::nullopt, [&](const Seen& seen) {
                          const std::lock_guard lock{mutex};
                          if (++requests[seen.connection] < 2) return fine(seen);
                          ++dropped;
                          return Answer{"", Then::close};
                      }};
    HttpsClient client{options(url(server.port(), "http"), nullptr)};
    int unknown_ends = 0;
    for (int i = 0; i < 12; ++i) unknown_ends += unknown(ask(client, request("M1")));
    CHECK(unknown_ends == 1);
    CHECK(dropped == 1);
}

TEST_CASE("a client that could not be safe is not made", "[province][https]") {
    const CertificateFile roots{ca()};
    CHECK_THROWS_WITH(HttpsClient(options(url(1, "http", "10.0.0.1"), nullptr)), Catch::Contains("https"));
    CHECK_THROWS_WITH(HttpsClient(options(url(1), nullptr)), Catch::Contains("CA"));
    auto missing = options(url(1), &roots);
    missing.ca_file = "/nonexistent/ca.pem";
    CHECK_THROWS_WITH(HttpsClient(missing), Catch::Contains("/nonexistent/ca.pem"));
}

TEST_CASE("plain http reaches loopback only, whatever the name looks like", "[province][https]") {
    TestServer server{std::nullopt, fine};
    HttpsClient client{options(url(server.port(), "http"), nullptr)};
    CHECK(ask(client).reply);
    CHECK_THROWS(HttpsClient(options(url(server.port(), "http", "127.example.invalid"), nullptr)));
}

TEST_CASE("nobody listening, or hanging up before the handshake, means not sent", "[province][https]") {
    const CertificateFile roots{ca()};
    const int bound = ::socket(AF_INET, SOCK_STREAM, 0);  // bound and not listening: the port refuses
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(::bind(bound, reinterpret_cast<sockaddr*>(&address), size) == 0);
    ::getsockname(bound, reinterpret_cast<sockaddr*>(&address), &size);
    HttpsClient refused{options(url(ntohs(address.sin_port), "https", "127.0.0.1"), &roots)};
    auto outcome = ask(refused);
    CHECK(not_sent(outcome));
    CHECK(outcome.why == "连接省平台失败：连接被拒绝");
    ::close(bound);

    TestServer server{issue(ca(), "DNS:localhost"), fine, TestServer::Manner::slams};
    HttpsClient slammed{options(url(server.port()), &roots)};
    outcome = ask(slammed);
    CHECK(not_sent(outcome));
    CHECK(outcome.why.starts_with("TLS 握手失败"));
}

TEST_CASE("a server that does not shake hands is given up in the connect time", "[province][https]") {
    const CertificateFile roots{ca()};
    TestServer server{std::nullopt, fine, TestServer::Manner::deaf};
    auto o = options(url(server.port()), &roots);
    o.connect = 50ms;
    HttpsClient client{o};
    const auto outcome = ask(client);
    CHECK(not_sent(outcome));
    CHECK(outcome.why == "TLS 握手失败：超时");
}

TEST_CASE("a request that could not be handed over whole did not happen", "[province][https]") {
    TestServer server{std::nullopt, fine, TestServer::Manner::deaf};
    auto o = options(url(server.port(), "http"), nullptr);
    o.total = 300ms;
    HttpsClient client{o};
    const auto outcome = ask(client, request(std::string(8 << 20, 'x')));
    CHECK(not_sent(outcome));
    CHECK(outcome.why == "发送请求失败：超时");
}

TEST_CASE("a cut after the request was read is unknown", "[province][https]") {
    const CertificateFile roots{ca()};
    const std::string partial =
        GENERATE("", "HTTP/1.1 200 OK\r\nConte", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
    TestServer server{issue(ca(), "DNS:localhost"), [&](const Seen&) { return Answer{partial, Then::close}; }};
    HttpsClient client{options(url(server.port()), &roots)};
    const auto outcome =
        ask(client, request("{}", true));  // not even a repeatable one is repeated on a fresh connection
    CHECK(unknown(outcome));
    CHECK(outcome.why == "请求已发出，等待答复时连接被对方关闭");
    CHECK(server.seen().size() == 1);
}

TEST_CASE("no answer in time is unknown", "[province][https]") {
    const CertificateFile roots{ca()};
    TestServer server{issue(ca(), "DNS:localhost"), [](const Seen&) { return Answer{"", Then::hang}; }};
    auto o = options(url(server.port()), &roots);
    o.total = 100ms;
    HttpsClient client{o};
    auto waits = request();  // for the only connection, and longer than it may
    waits.leave_by = std::chrono::steady_clock::now() + 50ms;
    auto first = send(client, request()), second = send(client, waits);
    const auto outcome = first.get();
    CHECK(unknown(outcome));
    CHECK(outcome.why == "请求已发出，等待答复时超时");
    const auto queued = second.get();
    CHECK(not_sent(queued));
    CHECK(server.seen().size() == 1);
}

TEST_CASE("an answer beyond the limit is unknown and closes the connection", "[province][https]") {
    TestServer server{std::nullopt, [](const Seen&) {
                          return Answer{http_reply(200, std::string(2000, 'x')), Then::keep};
                      }};
    auto o = options(url(server.port(), "http"), nullptr);
    o.max_reply_bytes = 1000;
    HttpsClient client{o};
    const auto outcome = ask(client);
    CHECK(unknown(outcome));
    CHECK(outcome.why == "请求已发出，等待答复时答复过长");
    server.wait_for_ends(1);
}

TEST_CASE("answers of unsaid length end with the connection, with or without TLS's farewell", "[province][https]") {
    const CertificateFile roots{ca()};
    TestServer server{issue(ca(), "DNS:localhost"), [](const Seen&) {
                          return Answer{"HTTP/1.1 502 Bad\r\nContent-Type: text/html\r\n\r\n<html>", Then::close};
                      }};
    HttpsClient client{options(url(server.port()), &roots)};
    for (int i = 1; i <= 2; ++i) {
        const auto outcome = ask(client);
        INFO(outcome.why);
        REQUIRE(outcome.reply);
        CHECK(outcome.reply->body == "<html>");
        CHECK(outcome.reply->status == 502);
    }
    CHECK(server.seen().back().connection == 2);
}

TEST_CASE("an interim reply is not the answer", "[province][https]") {
    TestServer server{std::nullopt, [](const Seen&) {
                          return Answer{"HTTP/1.1 102 x\r\n\r\n" + http_reply(200, "ok"), Then::keep};
                      }};
    HttpsClient client{options(url(server.port(), "http"), nullptr)};
    const auto outcome = ask(client);
    REQUIRE(outcome.reply);
    CHECK(outcome.reply->body == "ok");
}

TEST_CASE("a kept connection that the server closed meanwhile is replaced unnoticed", "[province][https]") {
    const CertificateFile roots{ca()};
    TestServer server{issue(ca(), "DNS:localhost"), [](const Seen& seen) {
                          return Answer{http_reply(200, "ok"), seen.connection == 1 ? Then::close : Then::keep};
                      }};
    HttpsClient client{options(url(server.port()), &roots)};
    CHECK(ask(client).reply);
    server.wait_for_ends(1);
    CHECK(ask(client).reply);  // not repeatable, and it need not be
    CHECK(server.seen().size() == 2);
    CHECK(server.seen().back().connection == 2);
}

TEST_CASE("a kept connection that dies under a request: only the harmless one is sent again, once",
          "[province][https]") {
    const CertificateFile roots{ca()};
    const bool repeatable = GENERATE(true, false);
    TestServer server{issue(ca(), "DNS:localhost"), [n = 0](const Seen& seen) mutable {
                          ++n;
                          if (n > 1 && seen.connection == 1) return Answer{"", Then::close};
                          return Answer{http_reply(200, "ok"), Then::keep};
                      }};
    HttpsClient client{options(url(server.port()), &roots)};
    REQUIRE(ask(client).reply);
    const auto outcome = ask(client, request("{}", repeatable));
    if (repeatable) {
        REQUIRE(outcome.reply);
        CHECK(server.seen().size() == 3);
    } else {
        CHECK(unknown(outcome));
        CHECK(server.seen().size() == 2);
    }
}

TEST_CASE("an unused connection is closed after its time", "[province][https]") {
    TestServer server{std::nullopt, fine};
    auto o = options(url(server.port(), "http"), nullptr);
    o.idle = 20ms;
    HttpsClient client{o};
    CHECK(ask(client).reply);
    server.wait_for_ends(1);
    CHECK(ask(client).reply);
    CHECK(server.seen().back().connection == 2);
}

TEST_CASE("never more connections than allowed", "[province][https]") {
    TestServer server{std::nullopt, fine};
    auto o = options(url(server.port(), "http"), nullptr);
    o.connections = 3;
    HttpsClient client{o};
    std::vector<std::future<HttpOutcome>> all;
    for (int i = 0; i < 100; ++i) all.push_back(send(client, request()));
    for (auto& one : all) CHECK(one.get().reply);
    for (const auto& seen : server.seen()) CHECK(seen.connection <= 3);
}

TEST_CASE("stopping during a request answers everybody at once", "[province][https]") {
    const CertificateFile roots{ca()};
    TestServer server{issue(ca(), "DNS:localhost"), [](const Seen&) { return Answer{"", Then::hang}; }};
    auto o = options(url(server.port()), &roots);
    o.total = 1h;
    HttpsClient client{o};
    auto under_way = send(client, request());
    auto waiting = send(client, request());
    server.wait_for_requests(1);
    client.stop();
    REQUIRE(under_way.wait_for(0s) == std::future_status::ready);
    REQUIRE(waiting.wait_for(0s) == std::future_status::ready);
    CHECK(unknown(under_way.get()));
    CHECK(not_sent(waiting.get()));
    CHECK(not_sent(ask(client)));  // by this very thread
    client.stop();
}

TEST_CASE("stopping while connecting or idle returns", "[province][https]") {
    const CertificateFile roots{ca()};
    TestServer deaf{std::nullopt, fine, TestServer::Manner::deaf};
    auto o = options(url(deaf.port()), &roots);
    o.connect = o.total = 1h;
    HttpsClient connecting{o};
    auto outcome = send(connecting, request());
    connecting.stop();
    CHECK(not_sent(outcome.get()));

    TestServer server{std::nullopt, fine};
    HttpsClient idle{options(url(server.port(), "http"), nullptr)};
    CHECK(ask(idle).reply);
    idle.stop();
    server.wait_for_ends(1);
}

TEST_CASE("what is asked for without a body says nothing of one", "[province][https]") {
    TestServer server{std::nullopt, fine};
    HttpsClient client{options(url(server.port(), "http"), nullptr)};
    HttpRequest question;
    question.method = "GET";
    question.path = "/keys?v=2";
    CHECK(ask(client, question).reply);
    const auto head = server.seen().front().head;
    CHECK(head.starts_with("GET /base/keys?v=2 HTTP/1.1\r\n"));
    CHECK(head.find("Content-Length") == std::string::npos);
}
