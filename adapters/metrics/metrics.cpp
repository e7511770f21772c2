#include "adapters/metrics/metrics.hpp"

#include "plugin/run/mutex.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <array>
#include <map>
#include <mutex>

namespace hcp::metrics {

using prometheus::BuildCounter;
using prometheus::BuildGauge;
using prometheus::BuildHistogram;
using prometheus::Counter;
using prometheus::Family;
using prometheus::Gauge;
using prometheus::Histogram;

namespace {

constexpr std::array event_kinds{"completed", "withdrawn", "bids_opened", "visit"};
constexpr std::array event_answers{"ok", "full"};
constexpr std::array verdicts{"delivered", "again", "ask_first", "refused", "stop_channel"};
constexpr std::array status_classes{"1xx", "2xx", "3xx", "4xx", "5xx"};
constexpr std::size_t max_routes = 64;  // a guard: routes are patterns, of which there are few

const Histogram::BucketBoundaries callback_buckets{0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.25, 1};
const Histogram::BucketBoundaries exchange_buckets{0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};

template <class Duration>
double seconds(Duration took) {
    return std::chrono::duration<double>(took).count();
}

}  // namespace

struct Metrics::Impl {
    prometheus::Registry registry;

    Counter& counter(const std::string& name, const std::string& help) { return counters(name, help).Add({}); }
    Gauge& gauge(const std::string& name, const std::string& help) { return gauges(name, help).Add({}); }
    Family<Counter>& counters(const std::string& name, const std::string& help) {
        return BuildCounter().Name(name).Help(help).Register(registry);
    }
    Family<Gauge>& gauges(const std::string& name, const std::string& help) {
        return BuildGauge().Name(name).Help(help).Register(registry);
    }

    std::array<std::array<Counter*, event_answers.size()>, event_kinds.size()> events{};
    std::array<Histogram*, event_kinds.size()> callbacks{};
    std::array<Counter*, verdicts.size()> exchanges{};
    Histogram* exchange_duration = nullptr;

    Gauge& journal_events =
        gauge("haochaping_journal_events", "Accepted events that the store does not have yet, in hundreds, rounded up");
    Gauge& journal_bytes = gauge("haochaping_journal_bytes", "Size of the journal on disk, in MiB, rounded up");
    Gauge& journal_age = gauge("haochaping_journal_oldest_age_seconds", "Age of the oldest event in the journal");
    Gauge& set_aside =
        gauge("haochaping_journal_set_aside_events", "1 while there are events that the store refuses for good");
    Counter& drains =
        counter("haochaping_drain_batches_total", "Transactions in which something told below was applied");
    Counter& cases = counter("haochaping_cases_opened_total", "Completions that became cases");
    Counter& opened = counter("haochaping_evaluations_opened_total", "Evaluations opened");
    Counter& visits = counter("haochaping_visits_total", "On-site services registered");
    Family<Counter>& ratings = counters("haochaping_ratings_total", "Ratings by what they came from");
    Counter& rated = ratings.Add({{"origin", "authored"}});
    Counter& drafted = ratings.Add({{"origin", "draft"}});
    Counter& defaulted = ratings.Add({{"origin", "default"}});

    Family<Gauge>& deliveries = gauges("haochaping_deliveries", "Messages owed to the province by state");
    Gauge& queued = deliveries.Add({{"state", "queued"}});
    Gauge& claimed = deliveries.Add({{"state", "claimed"}});
    Gauge& delivered = deliveries.Add({{"state", "delivered"}});
    Gauge& held = deliveries.Add({{"state", "held"}});
    Gauge& parked = deliveries.Add({{"state", "parked"}});
    Gauge& open_evaluations =
        gauge("haochaping_evaluations_open", "Evaluations that wait for their subject, embargoed ones left out");
    Gauge& unticketed = gauge("haochaping_bad_ratings_without_ticket", "Must be 0");
    Gauge& unattributed = gauge("haochaping_cases_unattributed", "Cases without department or handler");
    Gauge& unclassified = gauge("haochaping_cases_unclassified", "Cases whose item is unknown");
    Gauge& in_flight = gauge("haochaping_province_exchanges_in_flight", "Exchanges under way");
    Gauge& breaker = gauge("haochaping_province_breaker_open", "1 while the breaker holds deliveries back");
    Gauge& alarms = gauge("haochaping_alarms", "Alarms that stand");

    Family<Counter>& requests =
        counters("haochaping_http_requests_total", "Answered HTTP requests by route and class of status");
    run::Mutex requests_mutex;
    std::map<std::string, std::array<Counter*, status_classes.size()>, std::less<>> requests_by_route
        HCP_GUARDED_BY(requests_mutex);

    Impl() {
        auto& event_family =
            counters("haochaping_events_total",
                     "Events reported by the host, without completions under bid secrecy, by the answer given");
        auto& callback_family = BuildHistogram()
                                    .Name("haochaping_callback_duration_seconds")
                                    .Help("How long the host waited for an answer")
                                    .Register(registry);
        for (std::size_t kind = 0; kind < event_kinds.size(); ++kind) {
            for (std::size_t answer = 0; answer < event_answers.size(); ++answer)
                events[kind][answer] =
                    &event_family.Add({{"kind", event_kinds[kind]}, {"answer", event_answers[answer]}});
            callbacks[kind] = &callback_family.Add({{"kind", event_kinds[kind]}}, callback_buckets);
        }
        auto& exchange_family =
            counters("haochaping_province_exchanges_total", "Exchanges with the province by verdict");
        for (std::size_t i = 0; i < verdicts.size(); ++i)
            exchanges[i] = &exchange_family.Add({{"verdict", verdicts[i]}});
        exchange_duration = &BuildHistogram()
                                 .Name("haochaping_province_exchange_duration_seconds")
                                 .Help("Duration of an exchange with the province")
                                 .Register(registry)
                                 .Add({}, exchange_buckets);
    }

    std::array<Counter*, status_classes.size()>& of_route(std::string_view route) HCP_REQUIRES(requests_mutex) {
        if (const auto known = requests_by_route.find(route); known != requests_by_route.end()) return known->second;
        const std::string name{requests_by_route.size() < max_routes ? route : "other"};
        auto& classes = requests_by_route[name];
        if (classes.front() == nullptr)
            for (std::size_t i = 0; i < classes.size(); ++i)
                classes[i] = &requests.Add({{"route", name}, {"status", status_classes[i]}});
        return classes;
    }
};

Metrics::Metrics() : impl_{std::make_unique<Impl>()} {}
Metrics::~Metrics() = default;

void Metrics::accepted(EventKind kind, EventAnswer answer, std::size_t count) noexcept {
    impl_->events[static_cast<std::size_t>(kind)][static_cast<std::size_t>(answer)]->Increment(
        static_cast<double>(count));
}

void Metrics::callback(EventKind kind, std::chrono::nanoseconds took) noexcept {
    impl_->callbacks[static_cast<std::size_t>(kind)]->Observe(seconds(took));
}

void Metrics::journal(const ports::JournalStats& stats, domain::Instant now) noexcept {
    impl_->journal_events.Set(static_cast<double>(stats.events));
    impl_->journal_bytes.Set(static_cast<double>(stats.bytes));
    impl_->set_aside.Set(static_cast<double>(stats.set_aside));
    const auto age = stats.events > 0 ? std::chrono::floor<std::chrono::seconds>(now - stats.oldest_accepted_at)
                                      : std::chrono::seconds{0};
    impl_->journal_age.Set(seconds(age));
}

void Metrics::applied(std::int64_t cases, std::int64_t evaluations, std::int64_t visits) noexcept {
    if (cases + evaluations + visits > 0) impl_->drains.Increment();
    impl_->cases.Increment(static_cast<double>(cases));
    impl_->opened.Increment(static_cast<double>(evaluations));
    impl_->visits.Increment(static_cast<double>(visits));
}

void Metrics::rated(std::int64_t count) noexcept {
    impl_->rated.Increment(static_cast<double>(count));
}

void Metrics::settled(std::int64_t defaulted, std::int64_t from_drafts) noexcept {
    impl_->defaulted.Increment(static_cast<double>(defaulted));
    impl_->drafted.Increment(static_cast<double>(from_drafts));
}

void Metrics::exchange(domain::Verdict verdict, std::chrono::microseconds took) noexcept {
    if (const auto i = static_cast<std::size_t>(verdict); i < verdicts.size()) impl_->exchanges[i]->Increment();
    impl_->exchange_duration->Observe(seconds(took));
}

void Metrics::bridge(const ports::BridgeFigures& figures) noexcept {
    impl_->in_flight.Set(static_cast<double>(figures.in_flight));
    impl_->breaker.Set(figures.breaker_open ? 1 : 0);
}

void Metrics::queues(const ports::QueueFigures& figures) noexcept {
    impl_->open_evaluations.Set(static_cast<double>(figures.open_evaluations));
    impl_->queued.Set(static_cast<double>(figures.queued));
    impl_->claimed.Set(static_cast<double>(figures.claimed));
    impl_->delivered.Set(static_cast<double>(figures.delivered));
    impl_->held.Set(static_cast<double>(figures.held));
    impl_->parked.Set(static_cast<double>(figures.parked));
    impl_->unticketed.Set(static_cast<double>(figures.bad_ratings_without_ticket));
    impl_->unattributed.Set(static_cast<double>(figures.unattributed_cases));
    impl_->unclassified.Set(static_cast<double>(figures.unclassified_cases));
}

void Metrics::request(std::string_view route, int status) noexcept {
    if (status < 100 || status > 599) return;
    try {  // a route seen for the first time allocates; a count is not worth more than the request it counts
        const run::Lock lock{impl_->requests_mutex};
        impl_->of_route(route)[static_cast<std::size_t>(status / 100 - 1)]->Increment();
    } catch (...) {
    }
}

void Metrics::alarms(std::size_t standing) noexcept {
    impl_->alarms.Set(static_cast<double>(standing));
}

std::string Metrics::text() const {
    return prometheus::TextSerializer{}.Serialize(impl_->registry.Collect());
}

}  // namespace hcp::metrics
