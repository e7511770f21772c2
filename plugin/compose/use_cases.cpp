#include "plugin/compose/use_cases.hpp"

#include "plugin/app/figures/report_health.hpp"
#include "plugin/record/rounded.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace hcp::compose {
namespace {

record::BridgeTerms bridge_terms_of(const Terms& terms) {
    return terms.profile ? record::bridge_terms(*terms.profile) : record::BridgeTerms{};
}

std::optional<std::chrono::milliseconds> clock_skew_of(const Terms& terms) {
    return terms.virtual_clock ? std::nullopt : std::optional{terms.settings.max_clock_skew};
}

app::DeliverOptions deliver_options(const Terms& terms) {
    const auto& profile = *terms.profile;
    const auto three_attempts = 3 * std::chrono::ceil<std::chrono::seconds>(profile.per_attempt);
    return {.terms = bridge_terms_of(terms),
            .lease = std::max(terms.settings.instance.lease, three_attempts),
            .backoff = profile.backoff,
            .breaker = {profile.breaker_failures, profile.breaker_open_for}};
}

std::optional<app::Deliver> deliver_for(const Ground& ground, const Terms& terms, record::Books& books,
                                        const record::RuleBook& rules, run::Alarms& alarms,
                                        app::WatchClock& watch_clock, Crew& crew) {
    if (ground.province == nullptr) return std::nullopt;
    return std::optional<app::Deliver>{
        std::in_place,
        app::Deliver::Means{books, *ground.province, ground.keys, rules, ground.clock, ground.steady, ground.chance,
                            ground.meter, ground.log, alarms, crew.writer, crew.readers,
                            [&watch_clock] { return watch_clock.believed_now().has_value(); }},
        deliver_options(terms)};
}

std::optional<app::EraseSubject> erase_subject_for(const Ground& ground, record::Books& books) {
    if (ground.erasures == nullptr) return std::nullopt;
    return app::EraseSubject{{ground.store, books, ground.keys, *ground.erasures, ground.clock}};
}

// Where the desk is; empty where there is none, or where its port is known only once somebody listens there.
std::string desk_address(const Terms& terms) {
    const auto& staff = terms.settings.staff;
    return staff && staff->base_url.port != 0 ? staff->base_url.text + "/desk/" : std::string{};
}

}  // namespace

UseCases::UseCases(const Ground& on, const Terms& decided, app::RuleFiles rule_files, Crew& crew)
    : ground{on},
      terms{decided},
      files{std::move(rule_files)},
      alarms{on.log},
      rules{files.rules},
      books{on.store, on.keys.digests, on.ledger_seal, on.clock, on.id_clock},
      join_store{{on.store_door, on.store, on.anchors, books, on.keys, on.clock, crew.writer},
                 {decided.token, decided.settings.instance.lease, decided.virtual_clock}},
      keep_lease{on.store, books, on.clock, alarms, crew.writer, decided.token, decided.settings.instance.lease},
      watch_clock{{on.store, books, on.clock, on.boot, alarms, on.log, crew.writer},
                  decided.virtual_clock ? std::nullopt : std::optional{decided.settings.max_clock_jump}},
      watch_presence{{on.store, books, rules, on.clock, on.boot, on.log, alarms, crew.writer},
                     decided.settings.web.has_value()},
      watch_instances{
          {on.store, books, on.journal, on.clock, on.boot, on.meter, alarms, crew.writer, crew.readers},
          {decided.settings.instance.name, HCP_VERSION, decided.settings.instance.lease, clock_skew_of(decided)}},
      load_rules{{on.store, books, on.keys.digests, on.rule_texts, rules, on.log, alarms, crew.writer}},
      follow_rules{rules, on.rule_texts, on.log, alarms, crew.writer},
      deliver{deliver_for(on, decided, books, rules, alarms, watch_clock, crew)},
      apply_events{books, on.keys, follow_rules, bridge_terms_of(decided), crew.writer, on.log},
      drain_journal{{on.journal, apply_events, on.store, on.clock, on.steady, on.log, alarms, crew.writer},
                    decided.settings.journal.drain_batch},
      scan_host{{on.host, on.store, on.journal, on.keys, rules, on.clock, on.log, crew.host, crew.readers},
                decided.settings.reconcile ? decided.settings.reconcile->lookback : std::chrono::days{0}},
      record_rating{books, on.keys, rules, bridge_terms_of(decided), crew.writer},
      rating_queue{record_rating, crew.writer, crew.tellers,
                   [this](std::int64_t ratings) {
                       ground.meter.rated(ratings, 0, 0);
                       wake_bridge();
                   }},
      settle_defaults{books, on.keys, rules, bridge_terms_of(decided), decided.settings.sweep.grace, crew.writer},
      keep_deadlines{{settle_defaults, books, follow_rules, on.store, on.meter, on.log, alarms, crew.writer},
                     decided.settings.sweep.batch},
      show_evaluation{on.store, on.keys, rules, crew.readers},
      anchor_ledger{on.store, on.anchors, on.keys.digests, on.anchor_key, on.clock, alarms, crew.writer},
      watch_figures{{on.store, on.journal, on.clock, on.meter, alarms, crew.readers},
                    {clock_skew_of(decided), decided.settings.secrecy_alarm_after}},
      watch_connections{{on.steady, on.meter, alarms}},
      tell_staff{{on.host, on.store, books, on.clock, on.log, crew.writer, crew.host}, desk_address(decided)},
      erase_subject{erase_subject_for(on, books)} {}

std::string UseCases::health() const {
    app::Health health;
    health.instance = terms.settings.instance.name;
    health.version = HCP_VERSION;
    health.state = "running";
    health.now = ground.clock.now();
    if (const auto stats = ground.journal.stats()) health.journal = record::rounded_for_reports(*stats);
    health.queues = watch_figures.queues();
    if (health.queues)
        health.database = app::Seen::there;
    else if (watch_figures.has_looked() || alarms.standing("store"))
        health.database = app::Seen::away;
    if (deliver) health.bridge = deliver->figures();
    if (books.instance() != domain::InstanceNo{}) health.number = books.instance();
    health.instances = watch_instances.seen();
    health.alarms = alarms.all();
    return app::to_json(health);
}

}  // namespace hcp::compose
