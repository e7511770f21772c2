#include "plugin/app/membership/watch_presence.hpp"

#include "plugin/domain/day_text.hpp"
#include "plugin/domain/ledger_entries.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace hcp::app {

using namespace domain;
using ports::PresenceRow;

namespace {

constexpr std::chrono::days entrance_lasts{30};  // after the host has last asked for anything
// Whoever is not heard of for longer has been away. What others have seen of a day is in the store by then.
constexpr std::chrono::minutes longest_silence{3};
constexpr std::chrono::seconds between_notes{20};

}  // namespace

std::optional<Instant> WatchPresence::asked_at() const {
    const auto us = asked_us_.load();
    return us == 0 ? std::nullopt : std::optional{instant_from_us(us)};
}

bool WatchPresence::has_entrance(Instant now) const {
    const auto asked = asked_at();
    return public_pages_ || (asked && now - *asked < entrance_lasts);
}

bool WatchPresence::keep(std::optional<Instant> now) {
    means_.writer.assert_here();
    // A clock that cannot be believed leaves a gap in the rows, not in the presence: it is closed once the clock is
    // right.
    if (!now) {
        const auto there = ports::ask(means_.store, [](ports::Snapshot& rows) { return rows.presences().lost_days(); });
        if (there && present_ && means_.boot.now() - seen_at_ <= longest_silence) seen_at_ = means_.boot.now();
        return false;
    }
    bool entrance = false;
    const auto kept = [&]() -> ports::result<void> {
        means_.writer.assert_here();
        if (!has_entrance(*now)) {
            HCP_TRY(const auto open, ask_others(*now));
            entrance = !open.empty();
        }
        HCP_CHECK(note(*now, has_entrance(*now)));
        return judge_days(*now);
    }();
    entrance = entrance || has_entrance(*now);
    means_.alarms.set(
        "presence", !kept,
        kept ? std::string{} : "运行记录无法读写，暂停结转默认评价：" + ports::told(kept.error(), means_.store));
    means_.alarms.set("entrance", kept && !entrance,
                      "没有任何评价入口：公众网页关闭，宿主 30 天内也没有索取过评价链接、待评价列表或提交过评价。"
                      "在有入口之前，期限停止计算，不结转默认评价");
    return kept && entrance;
}

// What the host has asked of any instance, now or before, it may ask of this one; and another's pages are an entrance
// too, as long as it is there.
ports::result<std::vector<std::int32_t>> WatchPresence::ask_others(Instant now) {
    HCP_TRY(const auto known, ports::ask(means_.store, [](ports::Snapshot& rows) { return rows.presences().all(); }));
    std::vector<std::int32_t> open;
    for (const auto& row : known) {
        if (row.asked_at && to_us(*row.asked_at) > asked_us_) asked_us_ = to_us(*row.asked_at);
        const bool is_other = row.instance_no != means_.books.instance().value();
        if (is_other && row.until > row.from && now - row.until <= longest_silence) open.push_back(row.instance_no);
    }
    return open;
}

ports::result<void> WatchPresence::note(Instant now, bool entrance) {
    const auto seen = means_.boot.now();
    const bool goes_on = present_ && seen - seen_at_ <= longest_silence;
    PresenceRow row{means_.books.instance().value(), now, now, asked_at()};
    if (goes_on) {
        row.from = present_->from;
        row.until = std::max(present_->until, now);
    } else if (!entrance) {
        // That it runs is noted once, so that the days from here on are somebody's.
        HCP_TRY(const auto known,
                ports::ask(means_.store, [](ports::Snapshot& rows) { return rows.presences().all(); }));
        if (!known.empty()) return {};
    }
    if (!entrance && goes_on) {
        present_.reset();
        return {};
    }
    if (goes_on && row.until - present_->until < between_notes &&
        row.asked_at.has_value() == present_->asked_at.has_value()) {
        seen_at_ = seen;
        return {};
    }
    HCP_CHECK(means_.books.write(
        [&](ports::Transaction& tx, record::Pen&) -> ports::result<void> { return tx.presences().put(row); }));
    if (entrance) present_ = row;
    seen_at_ = seen;
    return {};
}

ports::result<void> WatchPresence::judge_days(Instant now) {
    const auto rules = means_.rules.current();
    struct Judged {
        std::optional<Day> until;
        std::vector<Day> lost;   // known before
        std::vector<Day> fresh;  // not known before
    };
    const Judged known_here{judged_until_, {}, {}};
    HCP_TRY(auto days, ports::ask(means_.store, [&](ports::Snapshot& rows) -> ports::result<Judged> {
                auto found = known_here;
                HCP_TRY(found.lost, rows.presences().lost_days());
                const auto may_be_judged = [&](Day day) {
                    const auto& hours = rules->policies.in_force(start_of(day)).version->office_hours;
                    return now >= end_of_office(day, hours) + longest_silence;
                };
                if (found.until && !may_be_judged(*found.until + std::chrono::days{1})) return found;
                HCP_TRY(const auto known, rows.presences().all());
                if (known.empty()) return found;
                std::vector<Presence> presences;
                for (const auto& row : known) presences.push_back({row.from, row.until});
                // The day of the first start began without us.
                if (!found.until) found.until = day_of(known.front().from);
                for (Day day = *found.until + std::chrono::days{1}; may_be_judged(day); day += std::chrono::days{1}) {
                    found.until = day;
                    if (!rules->calendar.national().is_working(day) || std::ranges::binary_search(found.lost, day))
                        continue;
                    const auto& hours = rules->policies.in_force(start_of(day)).version->office_hours;
                    if (is_lost(day, hours, presences)) found.fresh.push_back(day);
                }
                return found;
            }));
    if (!days.fresh.empty()) {
        HCP_CHECK(means_.books.write([&](ports::Transaction& tx, record::Pen& pen) -> ports::result<void> {
            for (const auto day : days.fresh) pen.enter(open_to_all, entries::DayLost{start_of(day)});
            return tx.presences().lose(days.fresh, pen.now());
        }));
        for (const auto day : days.fresh)
            means_.log.warning(text_of(day) +
                               " 有一半以上的办公时间无法评价（系统未运行、数据库不可用或没有入口），不计入评价期限");
    }
    judged_until_ = days.until;
    days.lost.insert(days.lost.end(), days.fresh.begin(), days.fresh.end());
    std::ranges::sort(days.lost);
    if (days.lost != rules->lost_days) means_.rules.lose(std::move(days.lost));
    return {};
}

}  // namespace hcp::app
