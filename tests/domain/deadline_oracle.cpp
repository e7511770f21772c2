// Every day the measures were, are or may be in force, against a second reading of E1 and E2 that shares no code with
// the first: dates are text, the calendar two sets of text, instants come from timegm.
#include "plugin/domain/deadline.hpp"
#include "tests/domain/national_calendar.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <cstdio>
#include <ctime>
#include <map>
#include <set>
#include <string>

using namespace hcp;

namespace {

std::tm date_tm(const std::string& date) {
    std::tm tm{};
    tm.tm_year = std::stoi(date.substr(0, 4)) - 1900;
    tm.tm_mon = std::stoi(date.substr(5, 2)) - 1;
    tm.tm_mday = std::stoi(date.substr(8, 2));
    return tm;
}

std::string plus_one(const std::string& date) {
    auto tm = date_tm(date);
    ++tm.tm_mday;
    timegm(&tm);  // normalises
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
    return text;
}

// Zeller's congruence.
bool weekend(const std::string& date) {
    int y = std::stoi(date.substr(0, 4)), m = std::stoi(date.substr(5, 2));
    const int d = std::stoi(date.substr(8, 2));
    if (m < 3) m += 12, --y;
    const int h = (d + 13 * (m + 1) / 5 + y + y / 4 - y / 100 + y / 400) % 7;
    return h == 0 || h == 1;
}

// Midnight at the start of the day, +08:00.
std::int64_t midnight_us(const std::string& date) {
    auto tm = date_tm(date);
    return (std::int64_t{timegm(&tm)} - 8 * 3600) * 1'000'000;
}

class Oracle {
public:
    Oracle() {
        std::map<std::string, std::string> last_word;  // on a holiday of a year
        const auto rows = test::csv_rows("calendar-cn.csv");
        for (const auto& r : rows) {
            auto& published = last_word[r.at(0) + r.at(5)];
            if (r.at(1) > published) published = r[1];
        }
        for (const auto& r : rows)
            if (r[1] == last_word[r[0] + r[5]])
                for (auto d = r.at(3); d <= r.at(4); d = plus_one(d)) (r.at(2) == "off" ? off_ : work_).insert(d);
    }

    bool working(const std::string& date) const {
        if (work_.count(date) > 0) return true;
        if (off_.count(date) > 0) return false;
        return !weekend(date);
    }

    std::int64_t deadline_us(std::string date, int n, bool inclusive) const {
        if (!inclusive) date = plus_one(date);
        for (int seen = 0;; date = plus_one(date))
            if (working(date) && ++seen == n) return midnight_us(plus_one(date));
    }

private:
    std::set<std::string> off_, work_;
};

constexpr std::int64_t hour_us = 3'600'000'000;
constexpr std::int64_t instants_us[] = {
    0, 1, 8 * hour_us - 1, 8 * hour_us, 12 * hour_us, 16 * hour_us, 24 * hour_us - 1};

}  // namespace

TEST_CASE("every completion from 2020 to 2026 has the deadline that counting by hand gives it (E1, E2)") {
    const Oracle oracle;
    int checked = 0;
    for (std::string date = "2020-01-01"; date <= "2026-12-18"; date = plus_one(date)) {
        CAPTURE(date);
        REQUIRE(test::national_calendar().is_working(test::day(date)) == oracle.working(date));
        for (const bool inclusive : {false, true}) {
            for (const int n : {1, 5}) {
                const domain::Term term{n,
                                        domain::DayKind::working,
                                        inclusive ? domain::Anchor::inclusive : domain::Anchor::excluded,
                                        domain::DeadlineEnd::midnight,
                                        {},
                                        false};
                const auto expected = oracle.deadline_us(date, n, inclusive);
                for (const auto since_midnight : instants_us) {
                    const auto completed = domain::instant_from_us(midnight_us(date) + since_midnight);
                    const auto window = domain::window(test::national_calendar(), completed, completed, {term, {}});
                    if (domain::to_us(window.effective.at) != expected || window.effective != window.by_completion ||
                        window.effective.provisional || window.effective.at <= completed ||
                        window.effective.counted.size() != static_cast<std::size_t>(n))
                        FAIL("n=" << n << " inclusive=" << inclusive << " since_midnight_us=" << since_midnight
                                  << " gives " << domain::to_us(window.effective.at) << ", by hand " << expected);
                    ++checked;
                }
            }
        }
    }
    CHECK(checked == 2544 * 2 * 2 * 7);
}

TEST_CASE("counted on its day and recounted at every notice, a deadline ends where counting by hand puts it") {
    const Oracle oracle;
    const domain::Term term{};
    int moved = 0;
    for (std::string date = "2020-01-01"; date <= "2026-12-18"; date = plus_one(date)) {
        const auto completed = test::day(date);
        auto running = domain::deadline(test::national_calendar().known_at(completed), completed, term);
        for (const auto& notice : test::national_calendar().notices()) {
            if (notice.published <= completed || domain::start_of(notice.published) >= running.at) continue;
            const auto before = running.at;
            running = domain::extended(
                running, domain::deadline(test::national_calendar().known_at(notice.published), completed, term));
            if (running.at != before) ++moved;
        }
        if (domain::to_us(running.at) != oracle.deadline_us(date, 5, false)) FAIL(date);
    }
    CHECK(moved == 8);  // completed 2020-01-19 to 2020-01-26: open, and not yet known, when the notice came
}

TEST_CASE("a late opening never shortens a window") {
    const Oracle oracle;
    for (std::string date = "2020-01-01"; date <= "2026-11-30"; date = plus_one(date)) {
        const auto completed = domain::instant_from_us(midnight_us(date) + 9 * hour_us);
        for (const int days_late : {1, 2, 3, 9}) {
            const auto opened = completed + std::chrono::days{days_late};
            for (const auto anchor : {domain::Anchor::excluded, domain::Anchor::inclusive}) {
                const auto window = domain::window(
                    test::national_calendar(), completed, opened,
                    {{5, domain::DayKind::working, anchor, domain::DeadlineEnd::midnight, {}, false}, {}});
                auto opened_date = date;
                for (int i = 0; i < days_late; ++i) opened_date = plus_one(opened_date);
                if (domain::to_us(window.effective.at) != oracle.deadline_us(opened_date, 5, false) ||
                    window.effective.at < window.by_completion.at)
                    FAIL(date << " opened " << days_late << " days later");
            }
        }
    }
}
