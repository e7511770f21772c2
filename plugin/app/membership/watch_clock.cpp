#include "plugin/app/membership/watch_clock.hpp"

#include <algorithm>
#include <string>

namespace hcp::app {

using namespace domain;
using ports::ClockMarkRow;

namespace {

// A mark is as old as this at most.
constexpr std::chrono::minutes between_marks{1};

template <class Marks>
auto of_instance(Marks& marks, InstanceNo number) {
    return std::find_if(marks.begin(), marks.end(),
                        [&](const ClockMarkRow& row) { return row.instance_no == number.value(); });
}

}  // namespace

ports::result<std::vector<ClockMarkRow>> WatchClock::marks() const {
    return ports::ask(means_.store, [](ports::Snapshot& rows) { return rows.clock_marks().all(); });
}

ports::result<void> WatchClock::begin() {
    means_.writer.assert_here();
    HCP_TRY(const auto there, means_.store.server_time());
    if (!max_jump_ || there) return {};
    HCP_TRY(const auto known, marks());
    std::optional<Instant> newest, ahead_since;
    for (const auto& row : known) {
        newest = std::max(newest.value_or(row.newest), row.newest);
        if (row.ahead_since) ahead_since = std::min(ahead_since.value_or(*row.ahead_since), *row.ahead_since);
    }
    if (const auto own = of_instance(known, means_.books.instance()); own != known.end())
        confirmed_at_ = own->confirmed_at;
    {
        const run::Lock lock{mutex_};
        watch_.begin(reading(), newest, ahead_since);
        watching_ = true;
    }
    keep();
    return {};
}

WatchClock::Looked WatchClock::look() {
    Looked looked;
    {
        const run::Lock lock{mutex_};
        const auto now = reading();
        looked.wall = now.wall;
        if (!watching_) return looked;
        looked.says = watch_.look(now);
    }
    if (looked.says == Says::right) {
        means_.alarms.clear("clock_jump");
    } else {
        const auto minutes = std::to_string(std::chrono::floor<std::chrono::minutes>(*max_jump_).count());
        means_.alarms.raise("clock_jump",
                            (looked.says == Says::ahead ? "系统时钟向前跳动超过 " : "系统时钟比已知的时间落后超过 ") +
                                minutes +
                                " 分钟，已暂停结转默认评价、重发办件和放弃推送：时钟不对的请改正，改正后自动恢复；"
                                "确认时钟正确的请运行 hcpctl clock confirm");
    }
    return looked;
}

std::optional<Instant> WatchClock::believed_now() {
    const auto looked = look();
    return looked.says == Says::right ? std::optional{looked.wall} : std::nullopt;
}

void WatchClock::keep() {
    means_.writer.assert_here();
    {
        const run::Lock lock{mutex_};
        if (!watching_) return;
    }
    const auto known = marks();
    if (!known) return;
    const auto own = of_instance(*known, means_.books.instance());
    const bool is_known = own != known->end();
    if (is_known) take_over(*own);
    const auto [wall, says] = look();
    // An unbelieved time is never the newest; of one that is ahead only that is kept, for the next start to know it by.
    ClockMarkRow row{means_.books.instance().value(), wall, std::nullopt, std::nullopt};
    if (is_known) row = *own;
    if (says == Says::right) row.newest = wall;
    if (says == Says::ahead)
        row.ahead_since = row.ahead_since.value_or(wall);
    else
        row.ahead_since.reset();
    if (says != Says::right && !is_known) return;
    const bool stale = !is_known || row.ahead_since != own->ahead_since ||
                       (says == Says::right && (wall < own->newest || wall - own->newest >= between_marks));
    if (!stale) return;
    (void)means_.books.write(
        [&](ports::Transaction& tx, record::Pen&) -> ports::result<void> { return tx.clock_marks().put(row); });
}

// Only of the clock as it was shown to the operator: should it have jumped again since, that was not confirmed.
void WatchClock::take_over(const ClockMarkRow& own) {
    if (!own.confirmed_at || own.confirmed_at == confirmed_at_) return;
    confirmed_at_ = own.confirmed_at;
    {
        const run::Lock lock{mutex_};
        const auto now = reading();
        const auto since = now.wall - *own.confirmed_at;
        if (since > *max_jump_ || since < -*max_jump_) return;
        watch_.confirm(now);
    }
    means_.log.info("操作人员已确认系统时钟正确");
}

}  // namespace hcp::app
