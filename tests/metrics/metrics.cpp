#include "adapters/metrics/metrics.hpp"

#include <catch2/catch.hpp>

#include <cstdio>

using namespace hcp;

namespace {

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

// Every family with something in it.
void tell(metrics::Metrics& meter) {
    meter.accepted(metrics::Metrics::EventKind::completed, metrics::Metrics::EventAnswer::ok, 500);
    meter.callback(metrics::Metrics::EventKind::visit, std::chrono::microseconds{300});
    meter.exchange(domain::Verdict::delivered, std::chrono::milliseconds{40});
    meter.request("/e/{token}", 303);
    meter.instances(std::vector{ports::InstanceSummary{3, domain::instant_from_us(1), {}, 0, {}}},
                    domain::instant_from_us(0));
}

}  // namespace

SCENARIO("metrics count what they are told, under closed labels", "[metrics]") {
    metrics::Metrics meter;
    using Kind = metrics::Metrics::EventKind;
    using Answer = metrics::Metrics::EventAnswer;
    meter.accepted(Kind::completed, Answer::ok, 500);
    meter.accepted(Kind::completed, Answer::full, 1);
    meter.callback(Kind::visit, std::chrono::microseconds{300});
    meter.exchange(domain::Verdict::ask_first, std::chrono::milliseconds{40});
    meter.rated(2, 3, 1);
    meter.request("/e/{token}", 303);
    meter.request("/e/{token}", 999);
    meter.journal({7, 4096, 1, domain::instant_from_us(1'000'000)}, domain::instant_from_us(91'500'000));
    meter.wals(64 << 20, 1 << 20);
    meter.applied(4, 5, 6);
    ports::BridgeFigures bridge;
    bridge.breaker_open = true;
    meter.bridge(bridge);
    ports::QueueFigures queues;
    queues.held = 9;
    meter.queues(queues);
    meter.alarms(2);
    meter.connections({496, 1, 2, 3, 4, 5, 6, 7, 8});
    const auto text = meter.text();
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
                             "haochaping_store_wal_bytes 67108864",
                             "haochaping_journal_wal_bytes 1048576",
                             "haochaping_drain_batches_total 1",
                             "haochaping_http_connections_limit 496",
                             R"(haochaping_http_connections{state="handshake"} 1)",
                             R"(haochaping_http_connections{state="idle"} 2)",
                             R"(haochaping_http_connections{state="busy"} 3)",
                             R"(haochaping_http_connections_refused_total{reason="full"} 4)",
                             R"(haochaping_http_connections_refused_total{reason="address_share"} 5)",
                             R"(haochaping_http_connections_refused_total{reason="descriptors"} 6)",
                             "# TYPE haochaping_http_connections_refused_total counter",
                             "haochaping_http_connections_evicted_total 7",
                             "haochaping_http_handshake_timeouts_total 8",
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

SCENARIO("of each instance it is told who holds what, since when and until when", "[metrics]") {
    metrics::Metrics meter;
    const auto at = [](std::int64_t seconds) { return domain::instant_from_us(seconds * 1'000'000); };
    ports::InstanceSummary one{3, at(160), ports::InstanceStateRow{}, 7, at(150)}, lost{4, at(90), {}, 0, {}};
    one.state->since = at(40);
    meter.instances(std::vector{one, lost}, at(100));
    const auto text = meter.text();
    for (const auto* line : {R"(haochaping_instances{state="running"} 1)", R"(haochaping_instances{state="lost"} 1)",
                             R"(haochaping_instances{state="stopped"} 0)",
                             R"(haochaping_instance_since_timestamp_seconds{instance="3"} 40)",
                             R"(haochaping_instance_lease_end_timestamp_seconds{instance="3"} 160)",
                             R"(haochaping_instance_deliveries{instance="3"} 7)"}) {
        INFO(line);
        CHECK(contains(text, std::string{line} + "\n"));
    }
    meter.instances({}, at(200));  // retired
    CHECK(contains(meter.text(), "haochaping_instance_deliveries{instance=\"3\"} 0\n"));
}

SCENARIO("what came while the clock stood ahead is not older than nothing when it is right (E24)", "[metrics]") {
    metrics::Metrics meter;
    meter.journal({7, 4096, 1, domain::instant_from_us(91'500'000)}, domain::instant_from_us(1'000'000));
    CHECK(contains(meter.text(), "haochaping_journal_oldest_age_seconds 0\n"));
}

SCENARIO("a flood of unknown routes does not grow the metrics", "[metrics]") {
    metrics::Metrics meter;
    for (int i = 0; i < 1000; ++i) meter.request("/route/" + std::to_string(i), 404);
    const auto text = meter.text();
    CHECK(contains(text, R"(haochaping_http_requests_total{route="other",status="4xx"} 936)"));
    CHECK_FALSE(contains(text, "/route/999"));
}

SCENARIO("Prometheus itself finds nothing wrong with what it is given", "[metrics]") {
    metrics::Metrics meter;
    tell(meter);
    // Of Debian's package prometheus; tests/packages.sh brings it, without the server.
    auto* const promtool = ::popen("promtool check metrics 2>&1 >/dev/null", "w");
    REQUIRE(promtool != nullptr);
    const auto text = meter.text();
    CHECK(std::fwrite(text.data(), 1, text.size(), promtool) == text.size());
    CHECK(::pclose(promtool) == 0);
}
