#include "plugin/app/catalogue/show_calendar.hpp"

#include "plugin/record/follow_rules.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <utility>

namespace hcp::app {

using namespace domain;
namespace json = boost::json;

namespace {

std::string_view code_of(Scope scope) noexcept {
    switch (scope) {
        case Scope::national:
            return "national";
        case Scope::province:
            return "province";
        case Scope::centre:
            return "centre";
    }
    return "";
}

bool has(const Calendar& calendar, const Notice& notice) {
    const auto all = calendar.notices();
    return std::ranges::find(all, notice) != all.end();
}

json::object json_of(const Notice& notice, bool in_force, bool offered) {
    json::array days;
    for (const auto& row : notice.rows)
        days.push_back({{"first", domain::text_of(row.first)},
                        {"last", domain::text_of(row.last)},
                        {"working", row.working},
                        {"name", row.name}});
    return {{"scope", code_of(notice.scope)},
            {"year", notice.scope == Scope::national ? json::value(int{notice.year}) : json::value(nullptr)},
            {"published", domain::text_of(notice.published)},
            {"title", notice.title},
            {"document", notice.document},
            {"days", std::move(days)},
            {"in_force", in_force},
            {"offered", offered}};
}

}  // namespace

ports::result<std::optional<Calendar>> calendar_standing(ports::Store& store, const ports::RuleTexts& texts) {
    return ports::ask(store,
                      [&](ports::Snapshot& rows) { return record::calendar_in_force(rows.references(), texts); });
}

json::object json_of(const Calendar& offered, const std::optional<Calendar>& standing, Day today) {
    json::array notices, begun;
    const auto in_force = [&](const Notice& notice) { return standing && has(*standing, notice); };
    for (const auto& notice : offered.notices()) notices.push_back(json_of(notice, in_force(notice), true));
    if (standing) {
        for (const auto& notice : standing->notices())
            if (!has(offered, notice)) notices.push_back(json_of(notice, true, false));
        for (const auto day : begun_closures(offered, *standing, today)) begun.emplace_back(domain::text_of(day));
    }
    const auto missing = (standing ? *standing : offered).missing_year(today);
    return {{"in_force", standing ? json::value(standing->version()) : json::value(nullptr)},
            {"offered", offered.version()},
            {"national_days_differ", standing && offered.national() != standing->national()},
            {"local_days_wait", standing && !same_local_days(offered, *standing)},
            {"begun_closures", std::move(begun)},
            {"missing_year", missing ? json::value(int{*missing}) : json::value(nullptr)},
            {"notices", std::move(notices)}};
}

}  // namespace hcp::app
