#include "adapters/calendar/calendar_file.hpp"

#include "adapters/calendar/faults.hpp"
#include "plugin/domain/text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace hcp::calendar {
namespace {

using domain::Calendar;
using domain::Day;
using domain::Notice;
using domain::Scope;
using ports::IniEntry;
using std::chrono::days;
using std::chrono::year;

constexpr std::array<std::pair<std::string_view, Scope>, 3> scopes{
    {{"notice", Scope::national}, {"province", Scope::province}, {"centre", Scope::centre}}};
constexpr std::array<std::string_view, 3> words{"year", "title", "document"};
constexpr std::string_view off = "放假", work = "上班";
constexpr std::string_view row_remedy = "写成 2020-01-24..2020-01-30 = 放假 春节，或 2020-01-19 = 上班 春节";

std::optional<std::pair<Scope, Day>> heading(std::string_view section) {
    const auto [word, date] = domain::parted(section, " ");
    const auto day = domain::day_from(date);
    const auto it = std::find_if(scopes.begin(), scopes.end(), [&, w = word](const auto& s) { return s.first == w; });
    if (it == scopes.end() || !day) return std::nullopt;
    return std::pair{it->second, *day};
}

std::optional<year> year_from(std::string_view text) {
    const auto day = text.size() == 4 ? domain::day_from(std::string{text} + "-01-01") : std::nullopt;
    return day ? std::optional{domain::year_of(*day)} : std::nullopt;
}

// A notice as it is being read, with the lines its faults are told by.
struct Draft {
    std::string file, section;
    int line = 0;
    bool dated = false;  // its year is known, or it needs none
    Notice notice;
    std::map<Day, int> lines;  // of each day named
};

class NoticeReader {
public:
    NoticeReader(Draft& draft, Faults& faults) : draft_{draft}, faults_{faults} {}

    void heading_of(const IniEntry& entry) {
        draft_.section = entry.section;
        draft_.line = entry.line;
        if (const auto head = heading(entry.section)) {
            std::tie(draft_.notice.scope, draft_.notice.published) = *head;
            draft_.dated = draft_.notice.scope != Scope::national;
        } else {
            faults_.at(entry.line, entry.section, {}, "段名不是 “类别 公布日期”",
                       "写成 [notice 2019-11-21]、[province 2026-01-05] 或 [centre 2026-01-05]");
        }
    }

    void take(const IniEntry& entry) {
        if (entry.key == "year") return take_year(entry);
        if (entry.key == "title")
            draft_.notice.title = entry.value;
        else if (entry.key == "document")
            draft_.notice.document = entry.value;
        else
            take_row(entry);
    }

private:
    void take_year(const IniEntry& entry) {
        const auto known = year_from(entry.value);
        if (draft_.notice.scope != Scope::national) return faults_.at(entry, "本地安排不写年份", "删去这一行");
        if (!known) return faults_.at(entry, "“" + entry.value + "” 不是年份", "写四位数字，如 2026");
        draft_.notice.year = *known;
        draft_.dated = true;
    }

    void take_row(const IniEntry& entry) {
        if (entry.key.empty() || entry.key.front() < '0' || entry.key.front() > '9') {
            const auto hint = nearest_hint(entry.key, words);
            return faults_.at(
                entry, "没有这样的键",
                "可用的键：" + domain::joined(words, "、") + " 和日期" + (hint.empty() ? "" : "；" + hint));
        }
        const auto [from, to] = domain::parted(entry.key, "..");
        const auto first = domain::day_from(from), last = to.empty() ? first : domain::day_from(to);
        if (!first || !last) return faults_.at(entry, "日期不存在或写法不对", std::string{row_remedy});
        if (*last < *first) return faults_.at(entry, "起止日期颠倒", "先写开始日期，再写结束日期");
        if (*last - *first > days{60}) return faults_.at(entry, "一项超过 60 天", "检查年份和月份");

        const auto [mark, name] = domain::parted(entry.value, " ");
        if (mark != off && mark != work)
            return faults_.at(entry, "“" + std::string{mark} + "” 不是放假或上班", std::string{row_remedy});
        const auto holidays = domain::holidays_in(name);
        if (holidays.empty()) return faults_.at(entry, "缺少节日名称", std::string{row_remedy});
        // Written in one way, however the file separates them: the text that is kept and compared follows from it.
        const Notice::Row row{*first, *last, mark == work, domain::joined(holidays, " ")};
        if (check_days(entry, row)) draft_.notice.rows.push_back(row);
    }

    bool check_days(const IniEntry& entry, const Notice::Row& row) {
        for (Day day = row.first; day <= row.last; day += days{1}) {
            const auto [seen, fresh] = draft_.lines.try_emplace(day, entry.line);
            if (!fresh) {
                faults_.at(entry, domain::text_of(day) + " 在第 " + std::to_string(seen->second) + " 行已经写过",
                           "同一通知中每一天只写一次");
                return false;
            }
            if (draft_.notice.scope == Scope::national && row.working && !domain::is_weekend(day)) {
                faults_.at(entry, domain::text_of(day) + " 不是周末，不会是调休上班日", "核对通知原文");
                return false;
            }
        }
        return true;
    }

    Draft& draft_;
    Faults& faults_;
};

std::vector<Draft> drafts_of(const IniFile& file, Faults& faults) {
    std::vector<Draft> drafts;
    for (const auto& entry : file.entries) {
        auto it =
            std::find_if(drafts.begin(), drafts.end(), [&](const Draft& d) { return d.section == entry.section; });
        if (it == drafts.end()) {
            drafts.emplace_back().file = file.file;
            it = std::prev(drafts.end());
            NoticeReader{*it, faults}.heading_of(entry);
        }
        NoticeReader{*it, faults}.take(entry);
    }
    return drafts;
}

// What can be said only once the whole section has been read: the year may stand below the days.
void check_year(const Draft& draft, Faults& faults) {
    if (draft.notice.scope != Scope::national) return;
    if (!heading(draft.section)) return;
    if (!draft.dated)
        return faults.at(draft.line, draft.section, "year", "缺少年份", "写明通知安排的是哪一年，如 year = 2026");
    const Day first{draft.notice.year / 1 / 1}, last{draft.notice.year / 12 / 31};
    for (const auto& [day, line] : draft.lines)
        if (day < first - days{10} || day > last)
            faults.at(line, draft.section, domain::text_of(day),
                      "日期不在 " + std::to_string(int{draft.notice.year}) + " 年",
                      "核对年份；上一年只可写 12 月 22 日以后的日子");
}

bool says_off(const Notice& notice, Day day) {
    return std::any_of(notice.rows.begin(), notice.rows.end(),
                       [&](const Notice::Row& r) { return !r.working && r.first <= day && day <= r.last; });
}

// The first notice of a year arranges all of it; one that leaves out a fixed holiday was not copied whole.
void check_whole(const Draft& draft, Faults& faults) {
    using namespace std::chrono;
    for (const auto fixed : {January / 1, May / 1, October / 1, October / 2, October / 3}) {
        const Day day{draft.notice.year / fixed};
        if (!says_off(draft.notice, day))
            faults.at(draft.line, draft.section, domain::text_of(day), "缺少法定节日 " + domain::text_of(day),
                      "把该年通知抄全");
    }
}

void check_together(const std::vector<Draft>& drafts, std::vector<ports::Fault>& all) {
    std::map<std::pair<Scope, Day>, const Draft*> notices;
    std::map<year, const Draft*> first_of_year;
    const auto give = [&](Faults faults) {
        for (auto& fault : faults.take()) all.push_back(std::move(fault));
    };
    for (const auto& draft : drafts) {
        if (!draft.dated) continue;
        Faults faults{draft.file};
        const auto [seen, fresh] = notices.try_emplace({draft.notice.scope, draft.notice.published}, &draft);
        if (!fresh)
            faults.at(
                draft.line, draft.section, {},
                "同一天公布的通知在 " + seen->second->file + " 第 " + std::to_string(seen->second->line) + " 行已有",
                "合并成一段");
        give(std::move(faults));
    }
    for (const auto& [key, draft] : notices)
        if (draft->notice.scope == Scope::national) first_of_year.try_emplace(draft->notice.year, draft);

    std::optional<year> before;
    for (const auto& [which, draft] : first_of_year) {
        Faults faults{draft->file};
        check_whole(*draft, faults);
        if (before && which != *before + std::chrono::years{1})
            faults.at(draft->line, draft->section, "year", "缺少 " + std::to_string(int{*before} + 1) + " 年的通知",
                      "中间年份不能空缺，补上该年文件");
        before = which;
        give(std::move(faults));
    }
}

}  // namespace

Parsed<Calendar> calendar_from(std::span<const IniFile> files) {
    std::vector<Draft> drafts;
    std::vector<ports::Fault> all;
    for (const auto& file : files) {
        Faults faults{file.file};
        auto read = drafts_of(file, faults);
        for (auto& draft : read) {
            check_year(draft, faults);
            drafts.push_back(std::move(draft));
        }
        for (auto& fault : faults.take()) all.push_back(std::move(fault));
    }
    check_together(drafts, all);
    std::stable_sort(all.begin(), all.end(), [](const ports::Fault& a, const ports::Fault& b) {
        return std::tie(a.file, a.line) < std::tie(b.file, b.line);
    });

    std::vector<Notice> notices;
    notices.reserve(drafts.size());
    for (auto& draft : drafts) notices.push_back(std::move(draft.notice));
    return {Calendar{all.empty() ? std::move(notices) : std::vector<Notice>{}}, std::move(all)};
}

std::string ini_text(const Calendar& calendar) {
    std::string text;
    for (const auto& notice : calendar.notices()) {
        const auto it =
            std::find_if(scopes.begin(), scopes.end(), [&](const auto& s) { return s.second == notice.scope; });
        text += '[' + std::string{it->first} + ' ' + domain::text_of(notice.published) + "]\n";
        if (notice.scope == Scope::national) text += "year = " + std::to_string(int{notice.year}) + '\n';
        if (!notice.title.empty()) text += "title = " + notice.title + '\n';
        if (!notice.document.empty()) text += "document = " + notice.document + '\n';
        for (const auto& row : notice.rows) {
            text += domain::text_of(row.first);
            if (row.last != row.first) text += ".." + domain::text_of(row.last);
            text += " = " + std::string{row.working ? work : off} + ' ' + row.name + '\n';
        }
    }
    return text;
}

}  // namespace hcp::calendar
