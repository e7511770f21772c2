#include "plugin/app/figures/watch_figures.hpp"

#include "plugin/record/rounded.hpp"

#include <string>

namespace hcp::app {

void WatchFigures::look(const std::optional<ports::BridgeFigures>& bridge) {
    means_.readers.assert_here();
    std::optional<ports::QueueFigures> queues;
    if (const auto read = ports::ask(means_.store, [](ports::Snapshot& rows) { return rows.figures().queues(); }))
        queues = *read;
    watch_clocks();
    watch_wals();
    if (queues) watch_queues(*queues);
    if (const auto stats = means_.journal.stats())
        means_.meter.journal(record::rounded_for_reports(*stats), means_.clock.now());
    if (bridge) {
        means_.meter.bridge(*bridge);
        means_.alarms.set("bridge", bridge->breaker_open, "省平台推送已暂缓，定时探测：" + bridge->breaker_reason);
    }
    means_.meter.alarms(means_.alarms.all().size());
    const run::Lock lock{mutex_};
    queues_ = queues;
    has_looked_ = true;
}

std::optional<ports::QueueFigures> WatchFigures::queues() const {
    const run::Lock lock{mutex_};
    return queues_;
}

bool WatchFigures::has_looked() const {
    const run::Lock lock{mutex_};
    return has_looked_;
}

void WatchFigures::watch_clocks() {
    if (!limits_.clock_skew) return;
    const auto there = means_.store.server_time();
    if (!there || !*there) return;
    const auto here = means_.clock.now();
    const auto skew = **there > here ? **there - here : here - **there;
    // In whole seconds: an alarm that says another number is told again.
    means_.alarms.set("clock_skew", skew > *limits_.clock_skew,
                      "本机时钟与数据库服务器相差约 " +
                          std::to_string(std::chrono::round<std::chrono::seconds>(skew).count()) +
                          " 秒，已暂停结转默认评价；请校准时间服务");
}

void WatchFigures::watch_wals() {
    const auto of_store = means_.store.tend_wal();
    const auto of_journal = means_.journal.tend_wal();
    const auto store_bytes = of_store ? of_store->value_or(0) : 0;
    const auto journal_bytes = of_journal ? *of_journal : 0;
    means_.meter.wals(record::rounded_for_reports(store_bytes), record::rounded_for_reports(journal_bytes));
    if (of_store) watch_wal("store_wal", "数据库", store_bytes);
    if (of_journal) watch_wal("journal_wal", "本地日志", journal_bytes);
}

void WatchFigures::watch_wal(std::string_view alarm, const std::string& whose, std::int64_t bytes) {
    means_.alarms.set(alarm, bytes >= limits_.heavy_wal_bytes,
                      whose + "的预写日志（-wal 文件）已达 " + std::to_string(limits_.heavy_wal_bytes >> 20) +
                          " MiB：多半有备份程序、sqlite3 命令行或 hcpctl ledger verify 一直在读，它结束后文件自行缩小");
}

void WatchFigures::watch_queues(const ports::QueueFigures& queues) {
    means_.meter.queues(queues);
    means_.alarms.set("bad_review_without_ticket", queues.bad_ratings_without_ticket > 0,
                      "有 " + std::to_string(queues.bad_ratings_without_ticket) + " 个差评没有整改单");
    means_.alarms.set("parked", queues.parked > 0,
                      "有推送记录待人工处理，请用 hcpctl deliveries list --state parked 查看");
    means_.alarms.set("doubled", queues.doubled > 0,
                      "有 " + std::to_string(queues.doubled) +
                          " 条推送在省平台有重复的服务，须人工认定：hcpctl deliveries list --reason doubled");
    means_.alarms.set("difference", queues.differences > 0,
                      "有 " + std::to_string(queues.differences) +
                          " 条评价与省平台已有的不同，须与省平台核对：hcpctl deliveries list --reason difference");
    means_.alarms.set("undelivered",
                      queues.oldest_queued_at && means_.clock.now() - *queues.oldest_queued_at > limits_.undelivered,
                      "有推送超过 " + std::to_string(limits_.undelivered.count()) +
                          " 小时仍未送达省平台：hcpctl deliveries list --state queued 可见原因");
    means_.alarms.set("unclassified", queues.unclassified_cases > 0,
                      "有 " + std::to_string(queues.unclassified_cases) +
                          " 件办件没有已知的事项（未归类），暂不推送：用 hcpctl catalogue unassigned list "
                          "查看，在目录中补充并发布，或逐件归类");
    means_.alarms.set("secrecy",
                      queues.oldest_secret_since && means_.clock.now() - *queues.oldest_secret_since > limits_.secrecy,
                      "有项目长期未收到开标事件，其评价仍在保密，请与主机核实（不会自动解除）");
}

}  // namespace hcp::app
