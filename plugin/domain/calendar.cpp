#include "plugin/domain/calendar.hpp"

#include "plugin/domain/text.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace hcp::domain {
namespace {

// "国庆节 中秋节" shares a holiday with "国庆节".
bool share_a_holiday(std::string_view a, std::string_view b) {
    const auto of_b = holidays_in(b);
    const auto of_a = holidays_in(a);
    return std::any_of(of_a.begin(), of_a.end(), [&](const std::string& name) {
        return std::find(of_b.begin(), of_b.end(), name) != of_b.end();
    });
}

bool replaces(const Notice& later, const Notice& earlier, const Notice::Row& row) {
    return later.scope == Scope::national && earlier.scope == Scope::national && later.year == earlier.year &&
           later.published > earlier.published &&
           std::any_of(later.rows.begin(), later.rows.end(),
                       [&](const Notice::Row& r) { return share_a_holiday(r.name, row.name); });
}

bool fixed_holiday(Day day) {
    using namespace std::chrono;
    const auto date = date_of(day);
    const month_day md{date.month(), date.day()};
    return md == January / 1 || md == May / 1 || md == May / 2 ||
           (md.month() == October && md.day() <= std::chrono::day{3});
}

std::string version_of(std::span<const Notice> notices, std::span<const std::chrono::year> years) {
    const auto youngest = [&](bool national) {
        std::optional<Day> day;
        for (const auto& n : notices)
            if ((n.scope == Scope::national) == national && (!day || n.published > *day)) day = n.published;
        return day;
    };
    std::string version = "fixed-days";
    if (!years.empty())
        version = std::to_string(int{years.front()}) + '-' + std::to_string(int{years.back()}) + '@' +
                  text_of(*youngest(true));
    if (const auto local = youngest(false)) version += '+' + text_of(*local);
    return version;
}

}  // namespace

std::vector<std::string> holidays_in(std::string_view name) {
    std::string spaced{name};
    for (const std::string_view between : {"、", "，", "\u3000", ",", "\t"})
        for (auto at = spaced.find(between); at != spaced.npos; at = spaced.find(between, at))
            spaced.replace(at, between.size(), " ");
    auto names = split(spaced, ' ');
    std::erase(names, std::string{});
    return names;
}

Calendar::Calendar(std::vector<Notice> notices) : notices_{std::move(notices)} {
    std::stable_sort(notices_.begin(), notices_.end(), [](const Notice& a, const Notice& b) {
        return std::tie(a.scope, a.published, a.year) < std::tie(b.scope, b.published, b.year);
    });

    for (auto& notice : notices_)
        std::sort(notice.rows.begin(), notice.rows.end(),
                  [](const Notice::Row& a, const Notice::Row& b) { return a.first < b.first; });

    std::map<Day, SpecialDay> days;
    for (const auto& notice : notices_) {
        if (notice.scope == Scope::national) years_.push_back(notice.year);
        for (const auto& row : notice.rows) {
            const bool replaced = std::any_of(notices_.begin(), notices_.end(),
                                              [&](const Notice& later) { return replaces(later, notice, row); });
            if (replaced) continue;
            for (Day day = row.first; day <= row.last; day += std::chrono::days{1})
                days.insert_or_assign(day, SpecialDay{day, row.working, notice.scope, row.name});
        }
    }
    special_.reserve(days.size());
    for (auto& [day, special] : days) special_.push_back(std::move(special));

    std::sort(years_.begin(), years_.end());
    years_.erase(std::unique(years_.begin(), years_.end()), years_.end());
    version_ = version_of(notices_, years_);

    std::vector<Notice> national;
    std::copy_if(notices_.begin(), notices_.end(), std::back_inserter(national),
                 [](const Notice& n) { return n.scope == Scope::national; });
    if (national.size() != notices_.size()) national_ = std::make_shared<const Calendar>(std::move(national));
}

bool Calendar::is_working(Day day) const noexcept {
    if (const auto* known = special(day)) return known->working;
    return !is_weekend(day) && (is_published(year_of(day)) || !fixed_holiday(day));
}

bool Calendar::is_published(std::chrono::year year) const noexcept {
    return std::binary_search(years_.begin(), years_.end(), year);
}

const SpecialDay* Calendar::special(Day day) const noexcept {
    const auto it =
        std::lower_bound(special_.begin(), special_.end(), day, [](const SpecialDay& s, Day d) { return s.day < d; });
    return it != special_.end() && it->day == day ? &*it : nullptr;
}

std::optional<std::chrono::year> Calendar::missing_year(Day today) const noexcept {
    const auto date = date_of(today);
    if (!is_published(date.year())) return date.year();
    const auto next = date.year() + std::chrono::years{1};
    if (date.month() >= std::chrono::November && !is_published(next)) return next;
    return std::nullopt;
}

Calendar Calendar::known_at(Day day) const {
    std::vector<Notice> known;
    std::copy_if(notices_.begin(), notices_.end(), std::back_inserter(known),
                 [&](const Notice& n) { return n.published <= day; });
    return Calendar{std::move(known)};
}

Calendar foretold(const Calendar& calendar, std::span<const CalendarSince> history) {
    const auto first_heard = [&](const Notice& notice) {
        std::optional<Day> day;
        for (const auto& one : history)
            if (std::ranges::find(one.calendar.notices(), notice) != one.calendar.notices().end())
                day = day ? std::min(*day, day_of(one.since)) : day_of(one.since);
        return day;
    };
    std::vector<Notice> heard;
    for (auto notice : calendar.notices()) {
        if (notice.scope != Scope::national) {
            const auto since = first_heard(notice);
            std::erase_if(notice.rows, [&](const Notice::Row& row) { return !since || row.first <= *since; });
            if (notice.rows.empty()) continue;
        }
        heard.push_back(std::move(notice));
    }
    return Calendar{std::move(heard)};
}

Calendar with_local_days(const Calendar& national, const Calendar& local) {
    std::vector<Notice> all;
    for (const auto& notice : national.notices())
        if (notice.scope == Scope::national) all.push_back(notice);
    for (const auto& notice : local.notices())
        if (notice.scope != Scope::national) all.push_back(notice);
    return Calendar{std::move(all)};
}

bool same_local_days(const Calendar& a, const Calendar& b) {
    return with_local_days(a, b) == a;
}

std::vector<Day> begun_closures(const Calendar& offered, const Calendar& standing, Day today) {
    std::vector<Day> days;
    const auto known = standing.notices();
    for (const auto& notice : offered.notices()) {
        if (notice.scope == Scope::national || std::ranges::find(known, notice) != known.end()) continue;
        for (const auto& row : notice.rows)
            if (!row.working && row.first <= today) days.push_back(row.first);
    }
    return days;
}

}  // namespace hcp::domain
