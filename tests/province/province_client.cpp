#include "adapters/province/province_client.hpp"

#include "tests/province/examples.hpp"
#include "tests/province/test_server.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <future>
#include <mutex>

using namespace hcp;
using namespace hcp::test;
using domain::Verdict;
using Then = Answer::Then;
namespace json = boost::json;

namespace {

struct FixedClock final : ports::Clock {
    [[nodiscard]] domain::Instant now() const noexcept override { return half_past_nine; }
};

struct Lines final : ports::Log {
    void write(ports::LogLevel, std::string_view line) noexcept override {
        const std::lock_guard lock{mutex};
        lines.emplace_back(line);
    }
    std::mutex mutex;
    std::vector<std::string> lines;
};

// Not a digest, but different texts differ in it.
struct Length final : ports::KeyedDigest {
    [[nodiscard]] ports::Digest of(std::initializer_list<ports::View> parts) const override {
        ports::Digest out{};
        for (const auto part : parts) out[0] = static_cast<std::uint8_t>(out[0] + part.size());
        return out;
    }
};

// Wraps a text, which is enough to tell encrypted from plain.
struct Wrapper final : ports::RecordCipher {
    explicit Wrapper(bool works = true) : usable{works} {}
    [[nodiscard]] ports::result<std::string> encrypt(ports::View plain) const override {
        if (!usable) return ports::crypto_errc::bad_key;
        return "<" + std::string{ports::as_text(plain)} + ">";
    }
    [[nodiscard]] ports::result<ports::Bytes> decrypt(std::string_view cipher) const override {
        if (!cipher.starts_with("<")) return ports::crypto_errc::malformed;
        return ports::Bytes(cipher.begin() + 1, cipher.end() - 1);
    }
    bool usable;
};

std::string unwrapped(std::string_view text) {
    return std::string{text.substr(1, text.size() - 2)};
}

ports::Secret word() {
    return ports::Secret{ports::as_bytes("TestWord-0001")};
}

province::ClientOptions link_options(const TestServer& server, const std::string& scheme,
                                     const std::filesystem::path& ca_file = {}) {
    province::ClientOptions o;
    o.base_url = {scheme, "localhost", server.port(), "", ""};
    o.ca_file = ca_file;
    o.app_mark = "SDGGZY";
    o.app_word = word();
    return o;
}

std::future<ports::Exchange> send(ports::Province& link, ports::ProvinceMessage message) {
    auto promise = std::make_shared<std::promise<ports::Exchange>>();
    auto record = link.written(message, half_past_nine);
    link.exchange(std::move(message), std::move(record), domain::Instant::max(),
                  [promise](ports::Exchange e) { promise->set_value(std::move(e)); });
    return promise->get_future();
}

const std::string success =
    R"({"C-API-Status":"00","C-Response-Code":"000000000000","C-Response-Desc":"success","C-Response-Body":""})";

// What every link in here stands on.
struct Ground {
    FixedClock clock;
    Lines log;
    Length digest;
    Wrapper cipher;
};

}  // namespace

TEST_CASE("a message goes out enclosed and encrypted, with its headers, and comes back as a verdict",
          "[province][link]") {
    Ground ground;
    const auto ca = make_ca();
    const CertificateFile roots{ca};
    TestServer server{issue(ca, "DNS:localhost"), [](const Seen&) {
                          return Answer{http_reply(200, success), Then::keep};
                      }};
    auto profile = shandong();
    profile.headers.emplace_back("C-Business-Id", "{request_id}");
    profile.headers.emplace_back("C-App-Id", "{app_mark}");
    profile.headers.emplace_back("C-Timestamp", "{time_ms}");
    province::ProvinceClient link{
        profile, link_options(server, "https", roots.path()), &ground.cipher, ground.digest, ground.clock, ground.log};

    const auto service = send(link, example_service()).get();
    INFO(service.reason);
    CHECK(service.verdict == Verdict::delivered);
    CHECK(service.reason.empty());
    CHECK(service.took > 0us);
    const auto rating = send(link, example_rating()).get();
    CHECK(rating.verdict == Verdict::delivered);

    const auto seen = server.seen();
    REQUIRE(seen.size() == 2);
    CHECK(seen[0].head.starts_with("POST /hcp/project/submit "));
    CHECK(seen[1].head.starts_with("POST /hcp/evaluate/offline "));
    CHECK(seen[0].head.find("\r\nAccept-Encoding: identity") != std::string::npos);
    for (const auto* header : {"\r\nContent-Type: application/json; charset=utf-8", "\r\nC-Tenancy-Id: 370000000000",
                               "\r\nC-App-Id: SDGGZY", "\r\nC-Timestamp: 20260115093000000", "\r\nC-Business-Id: "})
        CHECK(seen[0].head.find(header) != std::string::npos);
    CHECK(seen[0].head.find('{') == std::string::npos);

    const auto body = json::parse(seen[0].body).at("txnBodyCom");
    CHECK(body.at("sign") == "<20260115093000SDGGZYTestWord-0001>");
    const std::string record{body.at("params").at("evaluate").at(0).as_string()};
    const auto plain_record = unwrapped(record);
    CHECK(json::parse(plain_record).at(0).at("projectNo") == "37SDGGZY20260115000001");
    const auto written = link.written(example_service(), half_past_nine);
    CHECK(written.text == plain_record);
    CHECK(written.digest == ground.digest.of({ports::as_bytes(plain_record)}));
    CHECK(written.service_name == "招标公告");
    CHECK(written.service_time == "2026-01-15 07:30:00");
}

TEST_CASE("M4 gives the subject's services, decrypted", "[province][link]") {
    Ground ground;
    const auto ca = make_ca();
    const CertificateFile roots{ca};
    const std::string lists[] = {
        R"(<[{"projectNo":"37SDGGZY20260115000001","serviceNumber":"1","serviceName":"a","commented":"1"},{"projectNo":"B","serviceNumber":"1"}]>)",
        "garbage", "<x>"};
    TestServer server{issue(ca, "DNS:localhost"), [&, n = 0](const Seen&) mutable {
                          const json::object body{{"serviceList", json::array{json::string{lists[n++]}}}};
                          return Answer{http_reply(200, json::serialize(body)), Then::keep};
                      }};
    province::ProvinceClient link{shandong(),     link_options(server, "https", roots.path()),
                                  &ground.cipher, ground.digest,
                                  ground.clock,   ground.log};
    auto exchange = send(link, example_query()).get();
    CHECK(exchange.verdict == Verdict::delivered);
    REQUIRE(exchange.services.size() == 2);  // of all its dossiers
    CHECK(exchange.services.front().project_no == "37B");
    CHECK(exchange.services.back().number == 1);
    CHECK(exchange.services.back().rated);

    exchange = send(link, example_query()).get();
    CHECK(exchange.verdict == Verdict::stop_channel);
    CHECK(exchange.reason.starts_with("省平台返回的服务清单无法解密"));

    exchange = send(link, example_query()).get();
    CHECK(exchange.verdict == Verdict::again);
    CHECK(exchange.reason == "省平台返回的服务清单格式不符");
}

TEST_CASE("what has faults or cannot be encrypted never reaches the province", "[province][link]") {
    Ground ground;
    const auto ca = make_ca();
    const CertificateFile roots{ca};
    TestServer server{issue(ca, "DNS:localhost"), [](const Seen&) {
                          return Answer{http_reply(200, success), Then::keep};
                      }};
    const Wrapper broken{false};
    province::ProvinceClient link{
        shandong(), link_options(server, "https", roots.path()), &broken, ground.digest, ground.clock, ground.log};
    auto faulty = example_service();
    faulty.subject.certificate_no.clear();
    CHECK(link.written(faulty, half_past_nine).faults ==
          std::vector<std::string>{"缺少证件号码(creditNum)", "缺少证件号码(certKey)"});
    CHECK(link.written(faulty, half_past_nine).text.empty());
    const auto exchange = send(link, example_service()).get();
    CHECK(exchange.verdict == Verdict::stop_channel);
    CHECK(exchange.reason.starts_with("签名加密失败"));
    CHECK(server.seen().empty());
}

TEST_CASE("in plain mode the record travels in clear, over http on loopback only", "[province][link]") {
    Ground ground;
    TestServer server{std::nullopt, [](const Seen&) { return Answer{http_reply(200, success), Then::keep}; }};
    {
        province::ProvinceClient link{plain(),   link_options(server, "http"), nullptr, ground.digest, ground.clock,
                                      ground.log};
        CHECK(send(link, example_rating()).get().verdict == Verdict::delivered);
        const auto body = json::parse(server.seen().front().body).at("txnBodyCom");
        CHECK(json::parse(std::string{body.at("params").at("evaluate").at(0).as_string()}).at(0).at("pf") == "2");
    }
    const auto make = [&](const ports::ProvinceProfile& profile, const std::string& scheme,
                          const ports::RecordCipher* cipher) {
        province::ProvinceClient{profile,   link_options(server, scheme), cipher, ground.digest, ground.clock,
                                 ground.log};
    };
    CHECK_THROWS_WITH(make(plain(), "https", nullptr), Catch::Contains("sm2 = off"));
    CHECK_THROWS_WITH(make(plain(), "http", &ground.cipher), Catch::Contains("不一致"));
    CHECK_THROWS_WITH(make(shandong(), "https", nullptr), Catch::Contains("不一致"));
}

TEST_CASE("cuts and moved times are logged, without what they concern", "[province][link]") {
    Ground ground;
    TestServer server{std::nullopt, [](const Seen&) { return Answer{http_reply(200, success), Then::keep}; }};
    province::ProvinceClient link{plain(),   link_options(server, "http"), nullptr, ground.digest, ground.clock,
                                  ground.log};
    auto m = example_rating();
    m.rated_at = half_past_nine;
    CHECK(send(link, m).get().verdict == Verdict::delivered);
    REQUIRE(ground.log.lines.size() == 1);
    CHECK(ground.log.lines.front() ==
          "发送评价：评价时间(assessTime)按 2026-01-15 09:29:00 发送，原为 2026-01-15 09:30:00");
}

TEST_CASE("a refusal that repeats whom it refuses is kept without the name, whatever the name is", "[province][link]") {
    for (const std::string name : {"某某建设有限公司", "＊", "＊＊"}) {
        Ground ground;
        TestServer server{std::nullopt, [&](const Seen&) {
                              return Answer{http_reply(200, R"({"success":"false","message":"评价人)" + name +
                                                                R"(与登记的)" + name + R"(不符"})"),
                                            Then::keep};
                          }};
        province::ProvinceClient link{plain(),   link_options(server, "http"), nullptr, ground.digest, ground.clock,
                                      ground.log};
        auto m = example_rating();
        m.subject_name = name;
        const auto exchange = send(link, m).get();
        CHECK(exchange.verdict == Verdict::refused);
        CHECK(exchange.reason == "省平台拒绝：评价人＊与登记的＊不符");
    }
}

TEST_CASE("never more exchanges at once than the profile allows, and none is lost", "[province][link]") {
    Ground ground;
    std::mutex mutex;
    int at_once = 0, most = 0;
    TestServer server{std::nullopt, [&](const Seen&) {
                          {
                              const std::lock_guard lock{mutex};
                              most = std::max(most, ++at_once);
                          }
                          std::this_thread::yield();
                          const std::lock_guard lock{mutex};
                          --at_once;
                          return Answer{http_reply(200, success), Then::keep};
                      }};
    auto profile = plain();
    profile.max_parallel = 2;
    auto o = link_options(server, "http");
    o.parallel = 8;
    o.crypto_threads = 2;
    province::ProvinceClient link{profile, std::move(o), nullptr, ground.digest, ground.clock, ground.log};
    std::vector<std::future<ports::Exchange>> all;
    for (int i = 0; i < 200; ++i) all.push_back(send(link, example_rating()));
    for (auto& one : all) CHECK(one.get().verdict == Verdict::delivered);
    CHECK(most <= 2);
    CHECK(server.seen().size() == 200);
}

TEST_CASE("a rate that is used up delays, and does not refuse", "[province][link]") {
    Ground ground;
    TestServer server{std::nullopt, [](const Seen&) { return Answer{http_reply(200, success), Then::keep}; }};
    auto profile = plain();
    profile.per_second = 20;
    province::ProvinceClient link{profile,   link_options(server, "http"), nullptr, ground.digest, ground.clock,
                                  ground.log};
    const auto began = std::chrono::steady_clock::now();
    std::vector<std::future<ports::Exchange>> all;
    for (int i = 0; i < 4; ++i) all.push_back(send(link, example_rating()));
    for (auto& one : all) CHECK(one.get().verdict == Verdict::delivered);
    CHECK(std::chrono::steady_clock::now() - began >= 50ms);
}

TEST_CASE("one Retry-After holds all that has not left", "[province][link]") {
    Ground ground;
    TestServer server{std::nullopt, [](const Seen&) {
                          return Answer{http_reply(429, "", "Retry-After: 10\r\n"), Then::keep};
                      }};
    auto profile = plain();
    profile.max_parallel = 1;
    province::ProvinceClient link{profile,   link_options(server, "http"), nullptr, ground.digest, ground.clock,
                                  ground.log};
    std::vector<std::future<ports::Exchange>> all;
    for (int i = 0; i < 12; ++i) all.push_back(send(link, example_service()));
    const auto first = all.front().get();
    CHECK(first.verdict == Verdict::ask_first);
    CHECK(first.denied);
    CHECK(first.throttled);
    CHECK(first.retry_after == 10s);
    for (std::size_t i = 1; i < all.size(); ++i) {
        const auto held = all[i].get();
        CHECK(held.verdict == Verdict::again);
        CHECK_FALSE(held.left);
        CHECK(held.retry_after > 5s);
    }
    CHECK(server.seen().size() == 1);
}

TEST_CASE("what may no longer leave does not", "[province][link]") {
    Ground ground;
    TestServer server{std::nullopt, [](const Seen&) { return Answer{http_reply(200, success), Then::keep}; }};
    province::ProvinceClient link{plain(),   link_options(server, "http"), nullptr, ground.digest, ground.clock,
                                  ground.log};
    std::promise<ports::Exchange> ended;
    link.exchange(example_service(), link.written(example_service(), half_past_nine), half_past_nine - 1us,
                  [&](ports::Exchange e) { ended.set_value(std::move(e)); });
    const auto exchange = ended.get_future().get();
    CHECK(exchange.verdict == Verdict::again);
    CHECK_FALSE(exchange.left);
    CHECK(server.seen().empty());
}

TEST_CASE("when too many wait, the next is turned away at once", "[province][link]") {
    Ground ground;
    TestServer server{std::nullopt, [](const Seen&) { return Answer{"", Then::hang}; }};
    auto profile = plain();
    profile.max_parallel = 1;
    auto o = link_options(server, "http");
    o.waiting = 1;
    province::ProvinceClient link{profile, std::move(o), nullptr, ground.digest, ground.clock, ground.log};
    auto under_way = send(link, example_service());
    auto waiting = send(link, example_rating());
    const auto turned_away = send(link, example_rating()).get();
    CHECK(turned_away.verdict == Verdict::again);
    CHECK(turned_away.reason == "等待推送的消息过多");

    server.wait_for_requests(1);
    link.stop();
    REQUIRE(under_way.wait_for(0s) == std::future_status::ready);
    REQUIRE(waiting.wait_for(0s) == std::future_status::ready);
    CHECK(under_way.get().verdict == Verdict::ask_first);
    CHECK(waiting.get().verdict == Verdict::again);
    CHECK(send(link, example_rating()).get().verdict == Verdict::again);
}

TEST_CASE("every exchange is answered exactly once when the link stops under load", "[province][link]") {
    Ground ground;
    TestServer server{std::nullopt, [](const Seen&) { return Answer{http_reply(200, success), Then::keep}; }};
    auto o = link_options(server, "http");
    o.waiting = 10'000;
    o.crypto_threads = 2;
    std::vector<std::atomic<int>> answers(2000);
    {
        province::ProvinceClient link{plain(), std::move(o), nullptr, ground.digest, ground.clock, ground.log};
        for (auto& answer : answers) {
            link.exchange(example_rating(), link.written(example_rating(), half_past_nine), domain::Instant::max(),
                          [&answer](ports::Exchange) { ++answer; });
        }
        server.wait_for_requests(10);
    }
    CHECK(std::all_of(answers.begin(), answers.end(), [](const auto& n) { return n == 1; }));
}

TEST_CASE("an exchange that fails by time or by cut says so", "[province][link]") {
    Ground ground;
    const bool cut = GENERATE(true, false);
    TestServer server{std::nullopt, [&](const Seen&) { return Answer{"", cut ? Then::close : Then::hang}; }};
    auto profile = plain();
    profile.per_attempt = 100ms;
    province::ProvinceClient link{profile,   link_options(server, "http"), nullptr, ground.digest, ground.clock,
                                  ground.log};
    const auto service = send(link, example_service()).get();
    CHECK(service.verdict == Verdict::ask_first);
    CHECK(service.reason == (cut ? "请求已发出，等待答复时连接被对方关闭" : "请求已发出，等待答复时超时"));
    CHECK(send(link, example_query()).get().verdict == Verdict::again);
}
