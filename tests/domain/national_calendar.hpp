#pragma once
#include "plugin/domain/calendar.hpp"
#include "plugin/domain/time.hpp"
#include "tests/support/project_root.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The published facts of 2020 to 2026, as tests/domain/calendar-cn.csv has them.
namespace hcp::test {

inline domain::Day day(std::string_view text) {
    return domain::day_from(text).value();
}

// An instant of that day in Shanghai.
inline domain::Instant at(std::string_view date, std::chrono::microseconds since_midnight) {
    return domain::start_of(day(date)) + since_midnight;
}

inline std::vector<std::vector<std::string>> csv_rows(const std::string& name) {
    std::ifstream in{project_root() / "tests/domain" / name};
    REQUIRE(in);
    std::vector<std::vector<std::string>> rows;
    std::string line;
    std::getline(in, line);  // the header
    while (std::getline(in, line)) {
        auto& cells = rows.emplace_back();
        std::istringstream cutter{line};
        for (std::string cell; std::getline(cutter, cell, ',');) cells.push_back(cell);
    }
    REQUIRE(!rows.empty());
    return rows;
}

inline std::vector<domain::Notice> national_notices() {
    std::vector<domain::Notice> notices;
    for (const auto& row : csv_rows("calendar-cn.csv")) {
        const std::chrono::year year{std::stoi(row.at(0))};
        const auto published = day(row.at(1));
        auto it = std::find_if(notices.begin(), notices.end(),
                               [&](const auto& n) { return n.year == year && n.published == published; });
        if (it == notices.end())
            it = notices.insert(notices.end(), {domain::Scope::national, year, published, {}, {}, {}});
        it->rows.push_back({day(row.at(3)), day(row.at(4)), row.at(2) == "work", row.at(5)});
    }
    return notices;
}

inline const domain::Calendar& national_calendar() {
    static const domain::Calendar calendar{national_notices()};
    return calendar;
}

inline domain::Calendar with(std::vector<domain::Notice> more) {
    auto notices = national_notices();
    for (auto& n : more) notices.push_back(std::move(n));
    return domain::Calendar{std::move(notices)};
}

}  // namespace hcp::test
