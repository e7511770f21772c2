#pragma once
#include "plugin/app/catalogue/load_rules.hpp"
#include "plugin/app/figures/watch_connections.hpp"
#include "plugin/app/figures/watch_figures.hpp"
#include "plugin/app/identities/erase_subject.hpp"
#include "plugin/app/inbox/tell_staff.hpp"
#include "plugin/app/intake/apply_events.hpp"
#include "plugin/app/intake/drain_journal.hpp"
#include "plugin/app/intake/scan_host.hpp"
#include "plugin/app/ledger/anchor_ledger.hpp"
#include "plugin/app/membership/join_store.hpp"
#include "plugin/app/membership/keep_lease.hpp"
#include "plugin/app/membership/watch_clock.hpp"
#include "plugin/app/membership/watch_instances.hpp"
#include "plugin/app/membership/watch_presence.hpp"
#include "plugin/app/province/deliver.hpp"
#include "plugin/app/rating/keep_deadlines.hpp"
#include "plugin/app/rating/rating_queue.hpp"
#include "plugin/app/rating/record_rating.hpp"
#include "plugin/app/rating/settle_defaults.hpp"
#include "plugin/app/rating/show_evaluation.hpp"
#include "plugin/ports/anchors.hpp"
#include "plugin/ports/chance.hpp"
#include "plugin/ports/clock.hpp"
#include "plugin/ports/crypto.hpp"
#include "plugin/ports/erasures.hpp"
#include "plugin/ports/host.hpp"
#include "plugin/ports/journal.hpp"
#include "plugin/ports/log.hpp"
#include "plugin/ports/meter.hpp"
#include "plugin/ports/province.hpp"
#include "plugin/ports/province_profile.hpp"
#include "plugin/ports/rule_texts.hpp"
#include "plugin/ports/settings.hpp"
#include "plugin/ports/store/door.hpp"
#include "plugin/ports/store/store.hpp"
#include "plugin/run/workers.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>

// The use cases of one instance, bound to each other and to ports; no adapter is known here, so that a world in memory
// runs on it as well.
namespace hcp::compose {

// The threads of an instance. Where there are none, in a world of one thread, whoever is there runs what is posted.
struct Crew {
    Crew(std::size_t writer_threads, std::size_t reader_threads, std::size_t host_threads, ports::Log& log)
        : tellers{writer_threads, log},
          writer{writer_threads, log},
          readers{reader_threads, log},
          host{host_threads, log} {}

    run::Workers tellers;  // 1, with the writer: tells raters what came of it while the next are written
    run::Workers writer;   // 1: every transaction; drain, ratings, sweep, claims and marks share the ledger lane
    run::Workers readers;  // queries for pages and hosts; making and judging the province's messages
    run::Workers host;     // 1: calls into the host's extensions, which may block

    [[nodiscard]] std::array<run::Workers*, 4> all() noexcept { return {&writer, &readers, &host, &tellers}; }
};

// What an instance stands on; all of it outlives it.
struct Ground {
    ports::Log& log;
    ports::Host& host;
    const ports::Clock& clock;
    const ports::Clock& id_clock;  // see record::Books
    const ports::SteadyClock& steady;
    const ports::BootClock& boot;
    ports::Chance& chance;
    ports::Meter& meter;
    const record::Keys& keys;
    const ports::KeyedDigest& ledger_seal;
    const ports::Signer& anchor_key;
    const ports::RuleTexts& rule_texts;
    ports::Journal& journal;
    ports::Anchors& anchors;
    ports::StoreDoor& store_door;
    ports::Store& store;
    ports::Province* province;                   // nullptr: nothing is sent
    ports::Erasures* erasures = nullptr;         // nullptr: nobody was erased
    const ports::MasterKeys* masters = nullptr;  // nullptr: under which keys rows lie is not watched
};

// What was decided for it.
struct Terms {
    const ports::Settings& settings;
    const std::optional<ports::ProvinceProfile>& profile;  // there is one where there is a province
    std::string token;                                     // names the instance to the store
    bool virtual_clock = false;
};

// Members are made in order of need and die in reverse.
struct UseCases {
    UseCases(const Ground& ground, const Terms& terms, app::RuleFiles files, Crew& crew);

    [[nodiscard]] std::string health() const;  // JSON; any thread
    void wake_bridge() {
        if (deliver) deliver->wake();
    }

    const Ground& ground;
    const Terms& terms;
    const app::RuleFiles files;  // of the start
    run::Alarms alarms;
    record::RuleBook rules;
    record::Books books;

    app::JoinStore join_store;
    app::KeepLease keep_lease;
    app::WatchClock watch_clock;
    app::WatchPresence watch_presence;
    app::WatchInstances watch_instances;
    app::LoadRules load_rules;
    record::FollowRules follow_rules;
    std::optional<app::Deliver> deliver;  // nothing: the bridge is off
    app::ApplyEvents apply_events;
    app::DrainJournal drain_journal;
    app::ScanHost scan_host;
    app::RecordRating record_rating;
    app::RatingQueue rating_queue;
    app::SettleDefaults settle_defaults;
    app::KeepDeadlines keep_deadlines;
    app::ShowEvaluation show_evaluation;
    app::AnchorLedger anchor_ledger;
    app::WatchFigures watch_figures;
    app::WatchConnections watch_connections;
    app::TellStaff tell_staff;
    std::optional<app::EraseSubject> erase_subject;  // nothing: there is no list of the erased
};

}  // namespace hcp::compose
