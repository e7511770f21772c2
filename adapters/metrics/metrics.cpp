#include "adapters/metrics/metrics.hpp"

#include "adapters/metrics/exposition.hpp"
#include "plugin/run/mutex.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>

namespace hcp::metrics {

using ports::InstanceStanding;

namespace {

constexpr std::array event_kinds{"completed", "withdrawn", "bids_opened", "visit"};
constexpr std::array event_answers{"ok", "full"};
constexpr std::array verdicts{"delivered", "again", "ask_first", "refused", "stop_channel", "too_early"};
constexpr std::array status_classes{"1xx", "2xx", "3xx", "4xx", "5xx"};
constexpr std::size_t max_routes = 64;  // a guard: routes are patterns, of which there are few

constexpr std::array callback_buckets{0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.25, 1.0};
constexpr std::array exchange_buckets{0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0};

std::int64_t whole_seconds(domain::Instant t) {
    return std::chrono::floor<std::chrono::seconds>(t.time_since_epoch()).count();
}

template <class Duration>
double seconds(Duration took) {
    return std::chrono::duration<double>(took).count();
}

}  // namespace

struct Metrics::Impl {
    Exposition exposition;

    Counter& counter(const std::string& name, const std::string& help) {
        return exposition.counters(name, help).add<Counter>({});
    }
    Gauge& gauge(const std::string& name, const std::string& help) {
        return exposition.gauges(name, help).add<Gauge>({});
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
    Gauge& store_wal =
        gauge("haochaping_store_wal_bytes", "Size of the write-ahead log of an embedded store, in MiB, rounded up");
    Gauge& journal_wal =
        gauge("haochaping_journal_wal_bytes", "Size of the write-ahead log of the journal, in MiB, rounded up");
    Counter& drains =
        counter("haochaping_drain_batches_total", "Transactions in which something told below was applied");
    Counter& cases = counter("haochaping_cases_opened_total", "Completions that became cases");
    Counter& opened = counter("haochaping_evaluations_opened_total", "Evaluations opened");
    Counter& visits = counter("haochaping_visits_total", "On-site services registered");
    Family& ratings = exposition.counters("haochaping_ratings_total", "Ratings by what they came from");
    Counter& rated = ratings.add<Counter>({{"origin", "authored"}});
    Counter& drafted = ratings.add<Counter>({{"origin", "draft"}});
    Counter& defaulted = ratings.add<Counter>({{"origin", "default"}});

    Family& deliveries = exposition.gauges("haochaping_deliveries", "Messages owed to the province by state");
    Gauge& queued = deliveries.add<Gauge>({{"state", "queued"}});
    Gauge& claimed = deliveries.add<Gauge>({{"state", "claimed"}});
    Gauge& delivered = deliveries.add<Gauge>({{"state", "delivered"}});
    Gauge& held = deliveries.add<Gauge>({{"state", "held"}});
    Gauge& parked = deliveries.add<Gauge>({{"state", "parked"}});
    Gauge& open_evaluations =
        gauge("haochaping_evaluations_open", "Evaluations that wait for their subject, embargoed ones left out");
    Gauge& unticketed = gauge("haochaping_bad_ratings_without_ticket", "Must be 0");
    Gauge& unattributed = gauge("haochaping_cases_unattributed", "Cases without department or handler");
    Gauge& unclassified = gauge("haochaping_cases_unclassified", "Cases whose item is unknown");
    Gauge& wrong_numbers =
        gauge("haochaping_evaluations_wrong_number", "Certificate numbers with a wrong form or check");
    Gauge& unknown_kinds = gauge("haochaping_evaluations_unknown_kind", "Kinds of certificate outside the table");
    Gauge& doubled = gauge("haochaping_deliveries_doubled", "Parked deliveries with doubled services at the province");
    Gauge& differences =
        gauge("haochaping_deliveries_different", "Parked ratings that differ from what the province has");
    Gauge& unknown_lines = gauge("haochaping_evaluations_unknown_line", "Business lines outside the table");
    Gauge& in_flight = gauge("haochaping_province_exchanges_in_flight", "Exchanges under way");
    Gauge& breaker = gauge("haochaping_province_breaker_open", "1 while the breaker holds deliveries back");
    Gauge& alarms = gauge("haochaping_alarms", "Alarms that stand");

    Family& connections = exposition.gauges("haochaping_http_connections", "Connections of people by state");
    Gauge& handshaking = connections.add<Gauge>({{"state", "handshake"}});
    Gauge& idle = connections.add<Gauge>({{"state", "idle"}});
    Gauge& busy = connections.add<Gauge>({{"state", "busy"}});
    Gauge& connection_limit =
        gauge("haochaping_http_connections_limit", "Most connections of people, by setting and by RLIMIT_NOFILE");
    // They are told as totals.
    Family& refusals = exposition.counters("haochaping_http_connections_refused_total",
                                           "Connections closed as soon as they were accepted, by what was used up");
    Gauge& refused_full = refusals.add<Gauge>({{"reason", "full"}});
    Gauge& refused_share = refusals.add<Gauge>({{"reason", "address_share"}});
    Gauge& refused_descriptors = refusals.add<Gauge>({{"reason", "descriptors"}});
    Gauge& evicted =
        exposition.counters("haochaping_http_connections_evicted_total", "Idle connections closed for new ones")
            .add<Gauge>({});
    Gauge& handshake_timeouts =
        exposition.counters("haochaping_http_handshake_timeouts_total", "Connections closed without a TLS handshake")
            .add<Gauge>({});

    // By standing; and of each who holds what, since when, until when. A number is one of 1023.
    std::array<Gauge*, 3> instances{};
    Family& instance_since =
        exposition.gauges("haochaping_instance_since_timestamp_seconds", "When the instance came to its place");
    Family& instance_lease =
        exposition.gauges("haochaping_instance_lease_end_timestamp_seconds", "Until when its number is its own");
    Family& instance_deliveries =
        exposition.gauges("haochaping_instance_deliveries", "Deliveries that the instance has claimed");
    struct OfInstance {
        Gauge *since, *lease_end, *deliveries;
    };
    run::Mutex instances_mutex;
    std::map<std::int32_t, OfInstance> of_instances HCP_GUARDED_BY(instances_mutex);

    Family& requests =
        exposition.counters("haochaping_http_requests_total", "Answered HTTP requests by route and class of status");
    run::Mutex requests_mutex;
    std::map<std::string, std::array<Counter*, status_classes.size()>, std::less<>> requests_by_route
        HCP_GUARDED_BY(requests_mutex);

    Impl() {
        auto& standing = exposition.gauges("haochaping_instances", "Instances of the store by how they stand");
        for (const auto state : {InstanceStanding::running, InstanceStanding::stopped, InstanceStanding::lost})
            instances.at(static_cast<std::size_t>(state)) =
                &standing.add<Gauge>({{"state", std::string{text_of(state)}}});
        auto& event_family = exposition.counters(
            "haochaping_events_total",
            "Events reported by the host, without completions under bid secrecy, by the answer given");
        auto& callback_family =
            exposition.histograms("haochaping_callback_duration_seconds", "How long the host waited for an answer");
        for (std::size_t kind = 0; kind < event_kinds.size(); ++kind) {
            for (std::size_t answer = 0; answer < event_answers.size(); ++answer)
                events[kind][answer] =
                    &event_family.add<Counter>({{"kind", event_kinds[kind]}, {"answer", event_answers[answer]}});
            callbacks[kind] = &callback_family.add<Histogram>({{"kind", event_kinds[kind]}}, callback_buckets);
        }
        auto& exchange_family =
            exposition.counters("haochaping_province_exchanges_total", "Exchanges with the province by verdict");
        for (std::size_t i = 0; i < verdicts.size(); ++i)
            exchanges[i] = &exchange_family.add<Counter>({{"verdict", verdicts[i]}});
        exchange_duration = &exposition
                                 .histograms("haochaping_province_exchange_duration_seconds",
                                             "Duration of an exchange with the province")
                                 .add<Histogram>({}, exchange_buckets);
    }

    OfInstance of_instance(std::int32_t number) HCP_REQUIRES(instances_mutex) {
        if (const auto known = of_instances.find(number); known != of_instances.end()) return known->second;
        const Labels label{{"instance", std::to_string(number)}};
        return of_instances
            .emplace(number, OfInstance{&instance_since.add<Gauge>(label), &instance_lease.add<Gauge>(label),
                                        &instance_deliveries.add<Gauge>(label)})
            .first->second;
    }

    std::array<Counter*, status_classes.size()>& of_route(std::string_view route) HCP_REQUIRES(requests_mutex) {
        if (const auto known = requests_by_route.find(route); known != requests_by_route.end()) return known->second;
        const std::string name{requests_by_route.size() < max_routes ? route : "other"};
        auto& classes = requests_by_route[name];
        if (classes.front() == nullptr)
            for (std::size_t i = 0; i < classes.size(); ++i)
                classes[i] = &requests.add<Counter>({{"route", name}, {"status", status_classes[i]}});
        return classes;
    }
};

Metrics::Metrics() : impl_{std::make_unique<Impl>()} {}
Metrics::~Metrics() = default;

void Metrics::accepted(EventKind kind, EventAnswer answer, std::size_t count) noexcept {
    impl_->events[static_cast<std::size_t>(kind)][static_cast<std::size_t>(answer)]->add(
        static_cast<std::int64_t>(count));
}

void Metrics::callback(EventKind kind, std::chrono::nanoseconds took) noexcept {
    impl_->callbacks[static_cast<std::size_t>(kind)]->observe(seconds(took));
}

void Metrics::journal(const ports::JournalStats& stats, domain::Instant now) noexcept {
    impl_->journal_events.set(stats.events);
    impl_->journal_bytes.set(stats.bytes);
    impl_->set_aside.set(stats.set_aside);
    auto age = std::chrono::seconds{0};  // at least: what came while the clock stood ahead is not older than nothing
    if (stats.events > 0) age = std::max(age, std::chrono::floor<std::chrono::seconds>(now - stats.oldest_accepted_at));
    impl_->journal_age.set(age.count());
}

void Metrics::wals(std::int64_t store_bytes, std::int64_t journal_bytes) noexcept {
    impl_->store_wal.set(store_bytes);
    impl_->journal_wal.set(journal_bytes);
}

void Metrics::applied(std::int64_t cases, std::int64_t evaluations, std::int64_t visits) noexcept {
    if (cases + evaluations + visits > 0) impl_->drains.add();
    impl_->cases.add(cases);
    impl_->opened.add(evaluations);
    impl_->visits.add(visits);
}

void Metrics::rated(std::int64_t answered, std::int64_t defaulted, std::int64_t from_drafts) noexcept {
    impl_->rated.add(answered);
    impl_->defaulted.add(defaulted);
    impl_->drafted.add(from_drafts);
}

void Metrics::exchange(domain::Verdict verdict, std::chrono::microseconds took) noexcept {
    if (const auto i = static_cast<std::size_t>(verdict); i < verdicts.size()) impl_->exchanges[i]->add();
    impl_->exchange_duration->observe(seconds(took));
}

void Metrics::bridge(const ports::BridgeFigures& figures) noexcept {
    impl_->in_flight.set(figures.in_flight);
    impl_->breaker.set(figures.breaker_open ? 1 : 0);
}

void Metrics::queues(const ports::QueueFigures& figures) noexcept {
    impl_->open_evaluations.set(figures.open_evaluations);
    impl_->queued.set(figures.queued);
    impl_->claimed.set(figures.claimed);
    impl_->delivered.set(figures.delivered);
    impl_->held.set(figures.held);
    impl_->parked.set(figures.parked);
    impl_->unticketed.set(figures.bad_ratings_without_ticket);
    impl_->unattributed.set(figures.unattributed_cases);
    impl_->unclassified.set(figures.unclassified_cases);
    impl_->wrong_numbers.set(figures.wrong_numbers);
    impl_->unknown_kinds.set(figures.unknown_kinds);
    impl_->unknown_lines.set(figures.unknown_lines);
    impl_->doubled.set(figures.doubled);
    impl_->differences.set(figures.differences);
}

void Metrics::request(std::string_view route, int status) noexcept {
    if (status < 100 || status > 599) return;
    try {  // a route seen for the first time allocates; a count is not worth more than the request it counts
        const run::Lock lock{impl_->requests_mutex};
        impl_->of_route(route)[static_cast<std::size_t>(status / 100 - 1)]->add();
    } catch (...) {
    }
}

void Metrics::instances(std::span<const ports::InstanceSummary> all, domain::Instant now) noexcept {
    std::array<std::int64_t, 3> standing{};
    try {  // one that is seen for the first time allocates
        const run::Lock lock{impl_->instances_mutex};
        for (const auto& [number, gauges] : impl_->of_instances)
            for (auto* gauge : {gauges.since, gauges.lease_end, gauges.deliveries}) gauge->set(0);
        for (const auto& one : all) {
            ++standing.at(static_cast<std::size_t>(one.standing(now)));
            const auto gauges = impl_->of_instance(one.instance_no);
            gauges.since->set(one.state ? whole_seconds(one.state->since) : 0);
            gauges.lease_end->set(whole_seconds(one.leased_until));
            gauges.deliveries->set(one.claimed);
        }
    } catch (...) {
    }
    for (std::size_t i = 0; i < standing.size(); ++i) impl_->instances.at(i)->set(standing.at(i));
}

void Metrics::alarms(std::size_t standing) noexcept {
    impl_->alarms.set(static_cast<std::int64_t>(standing));
}

void Metrics::connections(const ports::ConnectionFigures& figures) noexcept {
    impl_->connection_limit.set(figures.limit);
    impl_->handshaking.set(figures.handshaking);
    impl_->idle.set(figures.idle);
    impl_->busy.set(figures.busy);
    impl_->refused_full.set(figures.refused_full);
    impl_->refused_share.set(figures.refused_share);
    impl_->refused_descriptors.set(figures.refused_descriptors);
    impl_->evicted.set(figures.evicted);
    impl_->handshake_timeouts.set(figures.handshake_timeouts);
}

std::string Metrics::text() const {
    return impl_->exposition.text();
}

}  // namespace hcp::metrics
