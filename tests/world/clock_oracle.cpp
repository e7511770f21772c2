#include "tests/world/clock_oracle.hpp"

#include <algorithm>
#include <chrono>
#include <string>

namespace hcp::world {
namespace {

constexpr std::int64_t day_us = 86'400'000'000, east_us = 8 * 3'600'000'000;

DayNumber number_of(domain::Day day) {
    return day.time_since_epoch().count();
}

std::set<std::string> names_in(const std::string& text) {
    std::set<std::string> names;
    std::string name;
    for (std::size_t i = 0; i <= text.size();) {
        const bool comma = text.compare(i, 3, "、") == 0;
        if (i == text.size() || text[i] == ' ' || comma) {
            if (!name.empty()) names.insert(name);
            name.clear();
            i += comma ? 3 : 1;
        } else {
            name += text[i++];
        }
    }
    return names;
}

bool shares_a_name(const domain::Notice::Row& row, const domain::Notice& later) {
    const auto names = names_in(row.name);
    return std::any_of(later.rows.begin(), later.rows.end(), [&](const auto& other) {
        const auto others = names_in(other.name);
        return std::any_of(names.begin(), names.end(), [&](const auto& name) { return others.contains(name); });
    });
}

bool is_weekend(DayNumber day) {
    return (day + 3) % 7 >= 5;  // 1970-01-01 was a Thursday
}

// 01-01, 05-01, 05-02, 10-01 to 10-03.
bool is_fixed(DayNumber day) {
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
    const auto month = static_cast<unsigned>(date.month()), of_month = static_cast<unsigned>(date.day());
    return (month == 1 && of_month == 1) || (month == 5 && of_month <= 2) || (month == 10 && of_month <= 3);
}

// M7's count and M10's, through one calendar or the other.
OracleEnd count(DayNumber from, bool including, const OracleCase& of, const OracleDays& days,
                const std::set<DayNumber>& lost, bool local) {
    OracleEnd end;
    const auto works = [&](DayNumber day) {
        end.provisional = end.provisional || !days.is_arranged(year_number(day));
        return days.works(day, local) && !lost.contains(day);
    };
    DayNumber day = including ? from : from + 1;
    for (int counted = 0;; ++day) {
        const bool counts = of.natural ? !lost.contains(day) : works(day);
        if (counts && ++counted == of.days) break;
    }
    while (of.natural && !works(day)) ++day;  // E49
    end.us = start_us(day + 1);               // 24:00
    return end;
}

}  // namespace

DayNumber day_number(std::int64_t us) {
    return std::chrono::floor<std::chrono::days>(std::chrono::microseconds{us + east_us}).count();
}
std::int64_t start_us(DayNumber day) {
    return day * day_us - east_us;
}
int year_number(DayNumber day) {
    return static_cast<int>(std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{day}}}.year());
}

OracleDays::OracleDays(const std::vector<domain::Notice>& notices) {
    auto ordered = notices;
    std::stable_sort(ordered.begin(), ordered.end(),
                     [](const auto& a, const auto& b) { return a.published < b.published; });
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        const auto& notice = ordered[i];
        const bool national = notice.scope == domain::Scope::national;
        if (national) years_.insert(static_cast<int>(notice.year));
        for (const auto& row : notice.rows) {
            const bool replaced = national && std::any_of(ordered.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                                                          ordered.end(), [&](const auto& later) {
                                                              return later.scope == domain::Scope::national &&
                                                                     later.year == notice.year &&
                                                                     shares_a_name(row, later);
                                                          });
            if (!replaced)
                (national ? national_ : local_).push_back({number_of(row.first), number_of(row.last), row.working});
        }
    }
}

const OracleDays::Run* OracleDays::found(const std::vector<Run>& runs, DayNumber day) {
    const auto at =
        std::find_if(runs.rbegin(), runs.rend(), [&](const Run& run) { return day >= run.first && day <= run.last; });
    return at == runs.rend() ? nullptr : &*at;
}

bool OracleDays::works(DayNumber day, bool local) const {
    if (const auto* run = local ? found(local_, day) : nullptr) return run->working;  // E21: above the national one
    if (const auto* run = found(national_, day)) return run->working;
    if (!is_arranged(year_number(day)) && is_fixed(day)) return false;
    return !is_weekend(day);
}

OracleEnd end_of_window(const OracleCase& of, const OracleDays& days, const std::set<DayNumber>& lost) {
    const auto completed = day_number(of.completed_us), accepted = day_number(of.accepted_us);
    // E33, E52: accepted on a later day, it runs from that day, which does not count.
    const auto from = std::max(completed, accepted);
    auto end = count(from, false, of, days, lost, false);
    if (!of.on_site) return end;
    // E48: the later of M7's and M10's; M10's counts local days too (E54).
    const auto supplement = count(from, accepted <= completed, of, days, lost, true);
    return supplement.us > end.us ? supplement : end;
}

}  // namespace hcp::world
