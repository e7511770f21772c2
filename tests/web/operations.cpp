#include "adapters/metrics/metrics.hpp"
#include "adapters/web/operations_site.hpp"
#include "tests/web/web_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

web::Response ask(web::OperationsSite& site, std::string path) {
    auto request = std::make_shared<web::Request>();
    request->method = web::Method::get;
    request->path = std::move(path);
    web::Response answer;
    site.handle(request, [&](web::Response response) { answer = std::move(response); });
    return answer;
}

}  // namespace

SCENARIO("operators get liveness, readiness, health and metrics, and no page", "[web]") {
    WebDesk desk;
    auto services = desk.services();
    bool ready = true;
    services.ready = [&] { return ready; };
    services.health_json = [] { return std::string{R"({"state":"running"})"}; };
    web::OperationsSite site{services};
    CHECK(ask(site, "/healthz").status == 200);
    CHECK(ask(site, "/readyz").status == 200);
    ready = false;
    CHECK(ask(site, "/readyz").status == 503);
    CHECK(ask(site, "/health").body == R"({"state":"running"})");
    CHECK(ask(site, "/metrics").body == "metrics\n");
    CHECK(ask(site, "/my").status == 404);
}

SCENARIO("metrics count what they are told, under closed labels", "[metrics]") {
    metrics::Metrics metrics;
    using Kind = metrics::Metrics::EventKind;
    using Answer = metrics::Metrics::EventAnswer;
    metrics.accepted(Kind::completed, Answer::ok, 500);
    metrics.accepted(Kind::completed, Answer::full, 1);
    metrics.callback(Kind::visit, std::chrono::microseconds{300});
    metrics.exchange(domain::Verdict::ask_first, std::chrono::milliseconds{40});
    metrics.settled(3, 1);
    metrics.rated(2);
    metrics.request("/e/{token}", 303);
    metrics.request("/e/{token}", 999);
    metrics.journal({7, 4096, 1, domain::instant_from_us(1'000'000)}, domain::instant_from_us(91'500'000));
    metrics.applied(4, 5, 6);
    ports::BridgeFigures bridge;
    bridge.breaker_open = true;
    metrics.bridge(bridge);
    ports::QueueFigures queues;
    queues.held = 9;
    metrics.queues(queues);
    metrics.alarms(2);
    const auto text = metrics.text();
    for (const auto* line : {R"(haochaping_events_total{answer="ok",kind="completed"} 500)",
                             R"(haochaping_events_total{answer="full",kind="completed"} 1)",
                             R"(haochaping_callback_duration_seconds_count{kind="visit"} 1)",
                             R"(haochaping_province_exchanges_total{verdict="ask_first"} 1)",
                             "haochaping_province_exchange_duration_seconds_count 1",
                             R"(haochaping_ratings_total{origin="default"} 3)",
                             R"(haochaping_ratings_total{origin="draft"} 1)",
                             R"(haochaping_ratings_total{origin="authored"} 2)",
                             R"(haochaping_http_requests_total{route="/e/{token}",status="3xx"} 1)",
                             "haochaping_journal_events 7",
                             "haochaping_journal_bytes 4096",
                             "haochaping_journal_set_aside_events 1",
                             "haochaping_journal_oldest_age_seconds 90",
                             "haochaping_drain_batches_total 1",
                             "haochaping_cases_opened_total 4",
                             "haochaping_evaluations_opened_total 5",
                             "haochaping_visits_total 6",
                             "haochaping_province_breaker_open 1",
                             R"(haochaping_deliveries{state="held"} 9)",
                             "haochaping_alarms 2"}) {
        INFO(line);
        CHECK(contains(text, std::string{line} + "\n"));
    }
}

SCENARIO("a flood of unknown routes does not grow the metrics", "[metrics]") {
    metrics::Metrics metrics;
    for (int i = 0; i < 1000; ++i) metrics.request("/route/" + std::to_string(i), 404);
    const auto text = metrics.text();
    CHECK(contains(text, R"(haochaping_http_requests_total{route="other",status="4xx"} 936)"));
    CHECK_FALSE(contains(text, "/route/999"));
}
