#include "plugin/domain/deadline.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace hcp::domain {
namespace {

using std::chrono::days;

constexpr days one_day{1};

std::string numeral(std::size_t n) {
    static constexpr std::array<const char*, 20> circled{"①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨", "⑩",
                                                         "⑪", "⑫", "⑬", "⑭", "⑮", "⑯", "⑰", "⑱", "⑲", "⑳"};
    return n <= circled.size() ? circled[n - 1] : '(' + std::to_string(n) + ')';
}

// The year is said where it is not the one the reader starts from.
std::string short_text(Day day, std::chrono::year known) {
    auto text = text_of(day);
    return year_of(day) == known ? text.substr(5) : text;
}

std::string end_text(Instant at, std::chrono::year known) {
    const Day last = day_of(at - std::chrono::microseconds{1});
    if (at == start_of(last + one_day)) return short_text(last, known) + " 24:00";
    const auto minutes = std::chrono::floor<std::chrono::minutes>(at - start_of(last)).count();
    const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return short_text(last, known) + ' ' + two(minutes / 60) + ':' + two(minutes % 60);
}

const Calendar& days_of(const Calendar& calendar, bool local) {
    return local ? calendar : calendar.national();
}

bool contains(LostDays ordered, Day day) {
    return std::binary_search(ordered.begin(), ordered.end(), day);
}

// The days between that do not count, as runs: days off “休”, working days that were lost “系统中断不计”, others passed
// over because the clock stood still “不计”.
std::string passed_over(const Calendar& calendar, Day from, const Deadline& deadline, LostDays lost) {
    const auto why = [&](Day day) -> std::string_view {
        if (contains(deadline.counted, day) || (day == from && calendar.is_working(day))) return {};
        if (!calendar.is_working(day)) return " 休";
        return contains(lost, day) ? " 系统中断不计" : " 不计";
    };
    std::string text;
    const Day last = deadline.counted.back();
    for (Day day = from; day < last; day += one_day) {
        const auto reason = why(day);
        if (reason.empty()) continue;
        Day end = day;
        while (end + one_day < last && why(end + one_day) == reason) end += one_day;
        text += text.empty() ? "；" : "、";
        text += short_text(day, year_of(from));
        if (end != day) text += "—" + short_text(end, year_of(from));
        text += reason;
        day = end;
    }
    return text;
}

const Deadline& later(const Deadline& a, const Deadline& b) {
    return b.at > a.at ? b : a;
}

}  // namespace

Deadline deadline(const Calendar& all_days, Day from, const Term& term, LostDays lost) {
    const auto& calendar = days_of(all_days, term.local);
    Deadline result;
    result.local = term.local;
    result.counted.reserve(static_cast<std::size_t>(std::max(1, term.days)));
    const auto is_working = [&](Day day) {
        result.provisional = result.provisional || !calendar.is_published(year_of(day));
        return calendar.is_working(day);
    };
    for (Day day = term.anchor == Anchor::inclusive ? from : from + one_day;; day += one_day) {
        if (contains(lost, day) || (term.kind == DayKind::working && !is_working(day))) continue;
        result.counted.push_back(day);
        if (std::cmp_greater_equal(result.counted.size(), term.days)) break;
    }
    Day last = result.counted.back();
    while (term.kind == DayKind::natural && (!is_working(last) || contains(lost, last))) last += one_day;
    result.at = term.end == DeadlineEnd::midnight ? start_of(last + one_day) : start_of(last) + term.close_of_business;
    return result;
}

Deadline extended(Deadline running, const Deadline& recounted) {
    if (recounted.at >= running.at) return recounted;
    running.provisional = recounted.provisional;
    return running;
}

Window window(const Calendar& calendar, Instant completed, Instant opened, const WindowTerms& terms, LostDays lost) {
    const auto from = [&](Day day, std::optional<Anchor> anchor) {
        const auto counted = [&](Term term) {
            term.anchor = anchor.value_or(term.anchor);
            return deadline(calendar, day, term, lost);
        };
        const auto by_completion = counted(terms.completed);
        return terms.on_site ? later(by_completion, counted(*terms.on_site)) : by_completion;
    };
    const auto by_completion = from(day_of(completed), std::nullopt);
    if (day_of(opened) <= day_of(completed)) return {by_completion, by_completion};
    return {by_completion, from(day_of(opened), Anchor::excluded)};
}

Window extended(Window running, const Window& recounted) {
    return {extended(std::move(running.by_completion), recounted.by_completion),
            extended(std::move(running.effective), recounted.effective)};
}

Deadline resumed(const Calendar& calendar, Deadline running, Day accepted, Day denied, const Term& term) {
    const auto unused = std::lower_bound(running.counted.begin(), running.counted.end(), accepted);
    if (unused == running.counted.end()) return running;

    Term rest = term;
    rest.days = static_cast<int>(running.counted.end() - unused);
    rest.anchor = Anchor::inclusive;
    auto result = deadline(calendar, denied, rest);
    result.counted.insert(result.counted.begin(), running.counted.begin(), unused);
    return extended(std::move(running), result);
}

std::string explain(const Calendar& all_days, Day from, const Deadline& deadline, LostDays lost) {
    const auto& calendar = days_of(all_days, deadline.local);
    const auto year = year_of(from);
    std::string text;
    for (std::size_t i = 0; i < deadline.counted.size(); ++i) {
        const Day day = deadline.counted[i];
        if (i > 0) text += ", ";
        text += short_text(day, year) + numeral(i + 1);
        if (is_weekend(day) && calendar.is_working(day)) text += "（上班）";
    }
    if (!deadline.counted.empty()) text += passed_over(calendar, from, deadline, lost) + "；";
    if (!deadline.counted.empty() && start_of(deadline.counted.back() + one_day) < deadline.at)
        text += short_text(deadline.counted.back(), year) + " 不是工作日，顺延；";
    text += "截止 " + end_text(deadline.at, year);
    if (deadline.provisional) text += "（放假安排尚未公布，暂按周末和固定节日推算，公布后只会延长）";
    return text;
}

std::string explain(const Calendar& calendar, Instant completed, Instant opened, const Window& window, LostDays lost) {
    const Day from = day_of(completed);
    if (window.effective == window.by_completion) return explain(calendar, from, window.by_completion, lost);
    const Day start = day_of(opened);
    return "按办结日应于 " + end_text(window.by_completion.at, year_of(start)) + " 截止；" +
           short_text(start, year_of(start)) + " 才开放评价，自次日重新计算：" +
           explain(calendar, start, window.effective, lost);
}

}  // namespace hcp::domain
