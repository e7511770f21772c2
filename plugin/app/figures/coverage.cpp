#include "plugin/app/figures/coverage.hpp"

#include "plugin/domain/figures.hpp"
#include "plugin/record/people.hpp"
#include "plugin/record/released_catalogue.hpp"
#include "plugin/record/sealed_facts.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

namespace hcp::app {

using namespace domain;
using namespace record;

namespace {

constexpr std::size_t page_size = 1000;

using Names = std::map<std::string, std::string>;  // by code

Covered covered(const Names& all, const std::set<std::string, std::less<>>& met) {
    Covered out;
    out.all = std::ssize(all);
    for (const auto& [code, name] : all)
        if (!met.contains(code)) out.gaps.push_back({code, name});
    out.covered = out.all - std::ssize(out.gaps);
    return out;
}

// Who handled something that was completed in these days.
class Handling {
public:
    Handling(const Keys& keys, Day from, Day to) : keys_{keys}, from_{start_of(from)}, to_{start_of(to)} {}

    // A page at a time: no snapshot is held for as long as all of them take.
    ports::result<void> read(ports::Store& store, const ports::Signs& signs) {
        std::int64_t read = 0;
        for (CaseId after{};;) {
            HCP_TRY(const auto page,
                    ports::ask(store, [&](ports::Snapshot& rows) { return rows.cases().after(after, page_size); }));
            if (page.empty()) return {};
            after = page.back().id;
            for (const auto& row : page) note(row);
            signs.met(read += std::ssize(page));
            HCP_CHECK(signs.go_on());
        }
    }
    std::set<std::string, std::less<>> people;
    std::int64_t unreadable = 0;

private:
    void note(const ports::CaseRow& row) {
        if (row.completed_at < from_ || row.completed_at >= to_ || row.withdrawn || !row.secrecy().may_be_told())
            return;
        const auto staff = handlers_of(keys_.sealer, row);
        unreadable += !staff;
        if (!staff) return;
        for (const auto& one : *staff) people.insert(one.staff_id);
    }

    const Keys& keys_;
    const Instant from_, to_;
};

// To which windows somebody has come in these days.
ports::result<std::set<std::string, std::less<>>> windows_met(ports::Store& store, Day from, Day to) {
    std::set<std::string, std::less<>> windows;
    for (VisitId after{};;) {
        HCP_TRY(const auto page,
                ports::ask(store, [&](ports::Snapshot& rows) { return rows.visits().after(after, page_size); }));
        if (page.empty()) return windows;
        after = page.back().id;
        for (const auto& row : page)
            if (!row.window.empty() && row.visited_at >= start_of(from) && row.visited_at < start_of(to))
                windows.insert(row.window);
    }
}

// Who is on the roster, in one of these departments, and at which windows; a window is named by its department.
struct Rostered {
    Names people, windows;
    std::set<std::string, std::less<>> all_windows;  // of whatever department
};
ports::result<Rostered> rostered(ports::StaffQueries& staff, const Keys& keys, const Names& departments, Instant now) {
    HCP_TRY(const auto rows, staff.all());
    Rostered out;
    for (const auto versions : by_person(rows)) {
        const auto posts = posts_of(versions);
        const auto* const post = post_at(posts, now);
        if (post == nullptr) continue;
        out.all_windows.insert(post->windows.begin(), post->windows.end());
        const auto department = departments.find(post->department_id);
        if (department == departments.end()) continue;
        for (const auto& window : post->windows) out.windows.emplace(window, department->second);
        const auto& row = versions[static_cast<std::size_t>(post - posts.data())];
        HCP_TRY(auto name, name_of(keys, row));
        out.people.emplace(row.staff_id, std::move(name));
    }
    return out;
}

}  // namespace

std::vector<Channel> configured_channels(bool serves_pages) {
    if (!serves_pages) return {Channel::host};
    return {Channel::host, Channel::portal, Channel::mobile};
}

ports::result<Coverage> coverage(ports::Store& store, const Keys& keys, Day from, Day to,
                                 std::span<const Channel> configured, Instant now, const ports::Signs& signs) {
    Handling handling{keys, from, to};
    HCP_CHECK(handling.read(store, signs));
    HCP_TRY(const auto met_windows, windows_met(store, from, to));
    return ports::ask(store, [&](ports::Snapshot& rows) -> ports::result<Coverage> {
        HCP_TRY(const auto catalogue, released_catalogue_in(rows));
        Names items, departments, channels;
        for (const auto& [code, row] : catalogue->items()) {
            const auto& item = *catalogue->item(code, now);
            if (item.is_over(day_of(now))) continue;
            items.emplace(code, item.name);
            if (const auto* const department = catalogue->department(item.department_id, now))
                departments.emplace(department->id, department->name);
        }
        for (const auto channel : configured)
            channels.emplace(std::to_string(static_cast<std::int32_t>(channel)), text_of(channel));

        std::set<std::string, std::less<>> met_items, met_departments, met_channels;
        HCP_TRY(const auto counts, rows.figures().counts(from, to));
        for (const auto& count : counts) {
            if (count.metric != Metric::opened || count.n <= 0) continue;
            met_items.insert(count.item_code);
            met_departments.insert(count.department_id);
        }
        HCP_TRY(const auto rated_by, rows.ratings().channels(start_of(from), start_of(to)));
        for (const auto channel : rated_by) met_channels.insert(std::to_string(static_cast<std::int32_t>(channel)));
        HCP_TRY(const auto there, rostered(rows.staff(), keys, departments, now));
        Coverage all{covered(items, met_items),
                     covered(departments, met_departments),
                     covered(there.people, handling.people),
                     covered(there.windows, met_windows),
                     covered(channels, met_channels),
                     {},
                     handling.unreadable};
        std::ranges::set_difference(met_windows, there.all_windows, std::back_inserter(all.strange_windows));
        return all;
    });
}

boost::json::object json_of(const Coverage& coverage) {
    const auto told = [](const Covered& one) {
        boost::json::array gaps;
        for (const auto& gap : one.gaps) gaps.push_back({{"code", gap.code}, {"name", gap.name}});
        return boost::json::object{{"all", one.all}, {"covered", one.covered}, {"gaps", std::move(gaps)}};
    };
    return {{"items", told(coverage.items)},
            {"departments", told(coverage.departments)},
            {"people", told(coverage.people)},
            {"windows", told(coverage.windows)},
            {"channels", told(coverage.channels)},
            {"strange_windows", boost::json::array(coverage.strange_windows.begin(), coverage.strange_windows.end())},
            {"unreadable_cases", coverage.unreadable}};
}

}  // namespace hcp::app
