#include "plugin/compose/jobs.hpp"

#include "plugin/app/catalogue/remind_guides.hpp"
#include "plugin/app/catalogue/watch_rules.hpp"
#include "plugin/app/figures/compare_figures.hpp"
#include "plugin/app/identities/watch_keys.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

namespace hcp::compose {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

struct Jobs::Row {
    Job job;
    run::Workers& on;
    std::optional<milliseconds> every;  // nothing: only when it is poked
    bool needs_store;
    std::function<void()> work;
};

// The timer is the fallback of what is normally poked directly, and the watch on the clock port, which may be virtual.
std::vector<Jobs::Row> Jobs::table() {
    const auto& settings = use_.terms.settings;
    const auto lease = std::min<milliseconds>(60s, settings.instance.lease / 3);
    auto &writer = crew_.writer, &readers = crew_.readers, &host = crew_.host;
    return {
        {Job::join, writer, 1s, false, [this] { join_again(); }},
        {Job::drain, writer, 1s, true, [this] { drain(); }},
        {Job::deliver, writer, 250ms, true, [this] { use_.wake_bridge(); }},
        {Job::sweep, writer, settings.sweep.interval, true, [this] { sweep(); }},
        {Job::look, readers, 2s, false, [this] { look(); }},
        {Job::anchor, writer, lease, true, [this] { anchor(); }},
        {Job::fetch, host, {}, true, [this] { follow(use_.scan_host.fetch()); }},
        {Job::judge, readers, {}, true, [this] { follow(use_.scan_host.judge()); }},
        {Job::calendar, writer, 60s, false,
         [this] {
             app::watch_rules(*use_.rules.current(), use_.ground.clock.now(), use_.terms.settings.guides_last,
                              use_.alarms);
         }},
        {Job::daily, writer, 60s, true, [this] { daily(); }},
        {Job::check,
         readers,
         {},
         true,
         [this] { app::check_figures(use_.ground.store, use_.ground.clock.now(), use_.ground.log, use_.alarms); }},
        {Job::clock, writer, 2s, true, [this] { use_.watch_clock.keep(); }},
        {Job::presence, writer, 30s, true, [this] { (void)use_.watch_presence.keep(use_.watch_clock.believed_now()); }},
        {Job::keys, readers, {}, true, [this] { watch_keys(); }},
        // Whom an erasure has made unreadable may still lie there, under a key that is left.
        {Job::purge, readers, 1h, false, [this] { (void)use_.ground.journal.purge(); }},
        {Job::notices, writer, 10s, true, [this] { use_.tell_staff.tell(); }},
    };
}

Jobs::Jobs(UseCases& use, Crew& crew, std::function<void(domain::InstanceNo)> joined)
    : use_{use},
      crew_{crew},
      joined_{std::move(joined)},
      daily_{use.terms.settings.reconcile ? use.terms.settings.reconcile->daily_at : std::chrono::minutes{150}},
      pulse_{use.ground.steady, use.ground.log} {
    for (auto& row : table()) {
        auto work = [this, needs_store = row.needs_store, work = std::move(row.work)] {
            if (!needs_store || is_joined_) work();
        };
        flights_.push_back(std::make_unique<run::SingleFlight>(row.on, std::move(work)));
        if (row.every) pulse_.every(*row.every, [this, job = row.job] { poke(job); });
    }
}

void Jobs::start() {
    begin();
    pulse_.start();
}

void Jobs::begin() {
    for (const auto job : {Job::look, Job::calendar, Job::daily, Job::purge}) poke(job);
    if (is_joined_) begin_with_store();
}

void Jobs::begin_with_store() {
    for (const auto job : {Job::drain, Job::sweep, Job::deliver, Job::keys}) poke(job);
    ask_for_scan();
}

void Jobs::stop() {
    is_stopping_ = true;
    pulse_.stop();
}

app::JoinStore::Answer Jobs::join() {
    auto answer = use_.join_store.join();
    if (answer.joined != app::JoinStore::Joined::yes) return answer;
    const auto failed = [this](const ports::error_code& error, const std::string& what) -> app::JoinStore::Answer {
        const auto why = ports::told(error, use_.ground.store);
        use_.ground.store_door.shut();
        const bool passes = error == ports::store_errc::unavailable;
        return {passes ? app::JoinStore::Joined::not_yet : app::JoinStore::Joined::refused, {}, what + "：" + why};
    };
    if (const auto rules = use_.load_rules.start_with(use_.files); !rules)
        return failed(rules.error(), "规则版本无法入库");
    if (const auto begun = use_.watch_clock.begin(); !begun) return failed(begun.error(), "时钟记录无法读取");
    if (use_.erase_subject) {
        const auto again = use_.erase_subject->erase_again();
        if (!again) return failed(again.error(), "已删除的主体无法再次删除（名单 erasures.log）");
        auto& log = use_.ground.log;
        if (again->erased > 0)
            log.warning("数据库中又有已删除的主体 " + std::to_string(again->erased) +
                        " 个（多半恢复了旧备份），已再次删除");
        if (again->unreadable_lines > 0)
            log.warning("已删除主体的名单 erasures.log 中有 " + std::to_string(again->unreadable_lines) +
                        " 行读不出来：从备份中找回这个文件，否则恢复旧备份后这些主体不会再次删除");
    }
    (void)use_.watch_instances.tell();  // which the next renewal tells as well
    joined_(answer.number);
    is_joined_ = true;
    return answer;
}

void Jobs::join_again() {
    if (is_joined_) return;
    tell_of_store(join());
    if (is_joined_) begin_with_store();
}

void Jobs::tell_of_store(const app::JoinStore::Answer& answer) {
    use_.alarms.set("store", !is_joined_, "数据库尚不能使用，已接收的事件保存在本地日志中：" + answer.why);
}

void Jobs::drain() {
    using Step = app::DrainJournal::Step;
    auto boarding = use_.deliver ? use_.deliver->board() : app::Deliver::Boarding{};
    app::ApplyEvents::Within claim;
    if (boarding.has_room())
        claim = [&](ports::Transaction& tx, domain::Instant now) { return use_.deliver->claim(tx, now, boarding); };
    const auto drained = use_.drain_journal.step(claim);
    if (use_.deliver) use_.deliver->depart(std::move(boarding), drained.did_more);
    if (drained.step == Step::more || drained.applied != app::Applied{}) {
        use_.ground.meter.applied(drained.applied.cases, drained.applied.evaluations, drained.applied.visits);
        use_.wake_bridge();
    }
    if (drained.step == Step::more) poke(Job::drain);
    if (drained.step != Step::stuck && use_.scan_host.next() == app::ScanHost::Next::wait) poke(Job::judge);
}

void Jobs::sweep() {
    const auto now = use_.watch_clock.believed_now();
    const bool present = use_.watch_presence.keep(now);
    if (use_.keep_lease.is_lost() || use_.alarms.standing("clock_skew") || !now || !present ||
        !use_.watch_instances.fits_the_others())
        return;
    const auto swept = use_.keep_deadlines.sweep(*now);
    use_.load_rules.classify_held();
    if (swept.any) use_.wake_bridge();
    if (swept.more) poke(Job::sweep);
}

void Jobs::look() {
    use_.watch_figures.look(use_.deliver ? std::optional{use_.deliver->figures()} : std::nullopt);
    use_.watch_connections.look();
    if (!is_joined_) return;
    const bool fitted = use_.watch_instances.fits_the_others();
    use_.watch_instances.look();
    if (!fitted && use_.watch_instances.fits_the_others()) poke(Job::sweep);
}

void Jobs::anchor() {
    if (use_.keep_lease.renew())
        (void)use_.watch_instances.tell();  // a store that does not answer is told of by the renewal
    else if (use_.deliver)
        use_.deliver->close();
    use_.anchor_ledger.anchor();
}

void Jobs::follow(app::ScanHost::Next next) {
    using Next = app::ScanHost::Next;
    if (next == Next::fetch) poke(Job::fetch);
    if (next == Next::judge) poke(Job::judge);
    if (next == Next::wait) poke(Job::drain);
}

void Jobs::daily() {
    if (daily_.has_come(use_.ground.clock.now())) {
        poke(Job::check);
        poke(Job::keys);
        // Failing, it is done again tomorrow.
        (void)app::remind_guides(use_.books, crew_.writer, use_.terms.settings.guides_last);
        ask_for_scan();
    }
    if (use_.scan_host.next() == app::ScanHost::Next::again_later) poke(Job::fetch);
}

void Jobs::watch_keys() {
    if (use_.ground.masters != nullptr)
        app::watch_keys(use_.ground.store, *use_.ground.masters, use_.alarms, [this] { return is_stopping_.load(); });
}

void Jobs::ask_for_scan() {
    if (!use_.terms.settings.reconcile || !use_.ground.host.can_scan()) return;
    use_.scan_host.ask_for_scan();
    poke(Job::fetch);
}

}  // namespace hcp::compose
