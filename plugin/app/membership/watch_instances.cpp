#include "plugin/app/membership/watch_instances.hpp"

#include "plugin/domain/day_text.hpp"
#include "plugin/record/rounded.hpp"

#include <algorithm>

namespace hcp::app {

using namespace domain;
using ports::InstanceStanding;
using ports::InstanceSummary;

namespace {

std::string name_of(const InstanceSummary& one) {
    auto text = "实例 " + std::to_string(one.instance_no);
    if (one.state && !one.state->name.empty()) text += "（" + one.state->name + "）";
    return text;
}

std::string owed_by(const InstanceSummary& one, Instant now) {
    auto text = name_of(one);
    if (one.standing(now) == InstanceStanding::lost)
        text += "自 " + moment_text(one.state ? one.state->told_at : one.leased_until) + " 起失联";
    else
        text += "已于 " + moment_text(*one.state->stopped_at) + " 停止";
    if (one.state && one.state->journal_events > 0)
        text += "，当时本地日志中有不超过 " + std::to_string(one.state->journal_events) + " 个已接收未入库的事件";
    return text;
}

}  // namespace

ports::result<void> WatchInstances::tell() {
    means_.writer.assert_here();
    return say(std::nullopt);
}

ports::result<void> WatchInstances::leave() {
    means_.writer.assert_here();
    return say(means_.clock.now());
}

ports::result<void> WatchInstances::say(std::optional<Instant> stopped_at) {
    HCP_TRY(const auto journal, means_.journal.stats());
    if (!since_) since_ = means_.clock.now();
    ports::InstanceStateRow row{.instance_no = means_.books.instance().value(),
                                .name = who_.name,
                                .version = who_.version,
                                .since = *since_,
                                .told_at = {},
                                .stopped_at = stopped_at,
                                .retired_at = {},
                                .journal_events = record::rounded_for_reports(journal).events};
    return means_.store.write([&](ports::Transaction& tx) -> ports::result<void> {
        row.told_at = means_.clock.now();  // as late as can be: the others hold it against their own
        return tx.instances().tell(row);
    });
}

void WatchInstances::look() {
    means_.readers.assert_here();
    const auto before = means_.clock.now();
    auto all = ports::ask(means_.store, [](ports::Snapshot& rows) { return rows.instances().all(); });
    if (!all) return;
    const auto after = means_.clock.now();
    const run::Lock lock{mutex_};
    seen_ = *std::move(all);
    means_.meter.instances(seen_, after);
    tell_of_lost(after);
    if (who_.clock_skew) watch_clocks(before, after);
}

void WatchInstances::tell_of_lost(Instant now) {
    std::string owed;
    for (const auto& one : seen_)
        if (!is_own(one) && one.may_owe_events(now)) owed += (owed.empty() ? "" : "；") + owed_by(one, now);
    means_.alarms.set("instances", !owed.empty(),
                      owed +
                          "。请重新启动它；不能启动的，在能访问其实例目录的机器上用 hcpctl journal adopt "
                          "接收其本地日志，目录已无法找回的，用 hcpctl instances retire 注销");
}

void WatchInstances::watch_clocks(Instant before, Instant after) {
    using Stands = FellowClocks::Stands;
    if (!first_look_) first_look_ = means_.boot.now();
    std::vector<FellowClocks::Told> told;
    for (const auto& one : seen_)
        if (!is_own(one) && one.state && !one.state->stopped_at) told.push_back({one.instance_no, one.state->told_at});
    clocks_.look(told, before, after);
    std::string different;
    const auto stands = clocks_.stands();
    for (const auto& one : seen_) {
        const auto at = stands.find(one.instance_no);
        if (at == stands.end() || (at->second != Stands::ahead && at->second != Stands::behind)) continue;
        different += (different.empty() ? "" : "、") + name_of(one) +
                     (at->second == Stands::ahead ? "（比本机快）" : "（比本机慢）");
    }
    means_.alarms.set("clock_fellows", !different.empty(),
                      "本机时钟与其他实例相差超过 " + std::to_string(who_.clock_skew->count()) + " 毫秒：" + different +
                          (clocks_.is_off() ? "。本机可能不准，已暂停结转默认评价" : "") + "；请校准时间服务");
}

bool WatchInstances::fits_the_others() const {
    const run::Lock lock{mutex_};
    if (!who_.clock_skew) return true;
    if (!first_look_ || clocks_.is_off()) return false;
    return clocks_.has_heard_all() || means_.boot.now() - *first_look_ >= who_.lease;
}

std::vector<InstanceSummary> WatchInstances::seen() const {
    const run::Lock lock{mutex_};
    return seen_;
}

}  // namespace hcp::app
