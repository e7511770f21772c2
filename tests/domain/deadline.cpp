#include "plugin/domain/deadline.hpp"

#include "plugin/domain/policy.hpp"
#include "tests/domain/national_calendar.hpp"

#include <catch2/catch.hpp>

using namespace hcp::domain;
using namespace hcp::test;
using namespace std::chrono_literals;
using std::chrono::days;
using std::chrono::year;

namespace {

constexpr Term after{};  // five working days, the day itself excluded
constexpr Term from_the_day{5, DayKind::working, Anchor::inclusive, DeadlineEnd::midnight, {}, false};
constexpr Term next_day{1, DayKind::working, Anchor::excluded, DeadlineEnd::midnight, {}, false};

Instant end_of(std::string_view date) {
    return start_of(day(date) + days{1});
}

}  // namespace

TEST_CASE("the deadlines that must come out come out") {
    const auto& calendar = national_calendar();
    for (const auto& row : csv_rows("calendar-vectors.csv")) {
        CAPTURE(row.at(0));
        const Day from = day(row[0]);
        CHECK(calendar.is_working(from) == (row.at(1) == "1"));
        CHECK(deadline(calendar, from, after).at == end_of(row.at(2)));
        CHECK(deadline(calendar, from, from_the_day).at == end_of(row.at(3)));
        CHECK(deadline(calendar, from, next_day).at == end_of(row.at(4)));
        CHECK(deadline(calendar, from, after).provisional == (row.at(5) == "1"));
    }
}

SCENARIO("the last day ends at 24:00 or at the close of business") {
    const auto& calendar = national_calendar();
    Term term = after;
    CHECK(deadline(calendar, day("2020-07-31"), term).at == at("2020-08-08", 0h));
    term.end = DeadlineEnd::close_of_business;
    term.close_of_business = 17h + 30min;
    CHECK(deadline(calendar, day("2020-07-31"), term).at == at("2020-08-07", 17h + 30min));
}

SCENARIO("natural days count weekends and holidays, and end on a working day (E49)") {
    Term term = after;
    term.kind = DayKind::natural;
    term.days = 7;
    const auto& calendar = national_calendar();
    const auto plain = deadline(calendar, day("2026-03-02"), term);
    CHECK(plain.at == end_of("2026-03-09"));
    CHECK(plain.counted.size() == 7);
    CHECK_FALSE(plain.provisional);
    for (const auto* last : {"2026-09-26", "2026-10-01", "2026-10-03", "2026-10-07"}) {
        const auto moved = deadline(calendar, day(last) - days{7}, term);
        CHECK(moved.at == end_of(day(last) < day("2026-10-01") ? "2026-09-28" : "2026-10-08"));
        CHECK(moved.counted.back() == day(last));
    }
    CHECK(deadline(calendar, day("2026-09-20") - days{7}, term).at == end_of("2026-09-20"));  // a Sunday that is worked
    CHECK(explain(calendar, day("2026-09-24"), deadline(calendar, day("2026-09-24"), term)) ==
          "09-25①, 09-26②, 09-27③, 09-28④, 09-29⑤, 09-30⑥, 10-01⑦；10-01 不是工作日，顺延；截止 10-08 24:00");
    // Whether a day of a year without a notice is a working day nobody knows yet (E19).
    CHECK(deadline(calendar, day("2026-12-28"), term).at == end_of("2027-01-04"));
    CHECK(deadline(calendar, day("2026-12-28"), term).provisional);
}

SCENARIO("a completion on site has the later of M7's window and M10's (E48)") {
    const PolicyVersion policy;
    const auto on_site = policy.window(Mode::on_site);
    const auto monday = at("2026-10-12", 10h);
    const auto counted = window(national_calendar(), monday, monday, on_site);
    CHECK(counted.effective.at == end_of("2026-10-19"));
    CHECK_FALSE(counted.effective.local);
    CHECK(counted == window(national_calendar(), monday, monday, policy.window(Mode::online)));
    CHECK(deadline(national_calendar(), day("2026-10-12"), policy.on_site()).at == end_of("2026-10-16"));

    // Closed to the public for two days: by local days M10 ends later.
    const auto closed = with({{Scope::centre,
                               year{2026},
                               day("2026-10-10"),
                               {},
                               {},
                               {{day("2026-10-13"), day("2026-10-15"), false, "搬迁"}}}});
    const auto longer = window(closed, monday, monday, on_site);
    CHECK(longer.effective.at == end_of("2026-10-21"));
    CHECK(longer.effective.local);
    CHECK(window(closed, monday, monday, policy.window(Mode::online)).effective.at == end_of("2026-10-19"));
}

SCENARIO("a working Saturday of the centre shortens nobody's online window, and counts for its departments (E54)") {
    const PolicyVersion policy;
    const auto saturday = with({{Scope::centre,
                                 year{2026},
                                 day("2026-10-10"),
                                 {},
                                 {},
                                 {{day("2026-10-17"), day("2026-10-17"), true, "照常办公"}}}});
    const auto monday = at("2026-10-12", 10h);
    CHECK(window(saturday, monday, monday, policy.window(Mode::online)).effective.at == end_of("2026-10-19"));
    CHECK(window(saturday, monday, monday, policy.window(Mode::on_site)).effective.at == end_of("2026-10-19"));
    CHECK(deadline(saturday, day("2026-10-12"), policy.rectification()).at == end_of("2026-10-17"));
    CHECK(deadline(saturday, day("2026-10-14"), policy.on_site()).at == end_of("2026-10-19"));
}

SCENARIO("days that were lost do not count, and are named (E51)") {
    const auto& calendar = national_calendar();
    const std::vector<Day> lost{day("2026-10-13"), day("2026-10-14"), day("2026-10-17"), day("2026-10-19")};
    const auto counted = deadline(calendar, day("2026-10-12"), after, lost);
    CHECK(counted.at == end_of("2026-10-22"));
    CHECK(explain(calendar, day("2026-10-12"), counted, lost) ==
          "10-15①, 10-16②, 10-20③, 10-21④, 10-22⑤；10-13—10-14 系统中断不计、10-17—10-18 休、10-19 系统中断不计；"
          "截止 10-22 24:00");
    Term natural = after;
    natural.kind = DayKind::natural;
    CHECK(deadline(calendar, day("2026-10-12"), natural, lost).at == end_of("2026-10-21"));
}

SCENARIO("business on a day off counts from the next working day") {
    const auto& calendar = national_calendar();
    CHECK(deadline(calendar, day("2020-10-05"), from_the_day).counted.front() == day("2020-10-09"));
    CHECK(deadline(calendar, day("2020-10-05"), from_the_day).at == deadline(calendar, day("2020-10-05"), after).at);
    CHECK(deadline(calendar, day("2020-10-09"), from_the_day).counted.front() == day("2020-10-09"));
}

SCENARIO("a bad review received on a Saturday is to be followed up by the end of Monday") {
    CHECK(deadline(national_calendar(), day("2024-03-02"), next_day).at == end_of("2024-03-04"));
}

SCENARIO("29 February is a day like any other") {
    CHECK(deadline(national_calendar(), day("2024-02-28"), next_day).at == end_of("2024-02-29"));
    CHECK(deadline(national_calendar(), day("2020-02-28"), next_day).at ==
          end_of("2020-03-02"));  // 2020-02-29 was a Saturday
    CHECK(deadline(national_calendar(), day("2024-02-29"), after).at == end_of("2024-03-07"));
    CHECK(deadline(national_calendar(), day("2023-02-28"), next_day).at == end_of("2023-03-01"));
}

SCENARIO("a count that enters a year without a notice is provisional, one that ends before it is not") {
    const auto& calendar = national_calendar();
    CHECK_FALSE(deadline(calendar, day("2026-12-24"), after).provisional);  // ends with 12-31
    CHECK(deadline(calendar, day("2026-12-25"), after).provisional);
    CHECK(deadline(calendar, day("2026-12-28"), after).at == end_of("2027-01-05"));
    CHECK_FALSE(deadline(calendar, day("2026-12-28"), next_day).provisional);
}

SCENARIO("the notice of 2020-01-27 extends exactly the windows it touches") {
    const auto before = national_calendar().known_at(day("2020-01-26"));
    const auto now = national_calendar().known_at(day("2020-01-27"));
    for (Day d = day("2019-12-25"); d <= day("2020-02-20"); d += days{1}) {
        CAPTURE(text_of(d));
        const bool touched = day("2020-01-19") <= d && d <= day("2020-01-31");
        const auto old_after = deadline(before, d, after), new_after = extended(old_after, deadline(now, d, after));
        CHECK((new_after.at > old_after.at) == touched);
        CHECK((new_after.at == old_after.at) == !touched);

        const bool touched_from_the_day = day("2020-01-20") <= d && d <= day("2020-02-01");
        const auto old_from = deadline(before, d, from_the_day),
                   new_from = extended(old_from, deadline(now, d, from_the_day));
        CHECK((new_from.at > old_from.at) == touched_from_the_day);
        CHECK((new_from.at == old_from.at) == !touched_from_the_day);
    }
    CHECK(extended(deadline(before, day("2020-01-20"), after), deadline(now, day("2020-01-20"), after)).at ==
          end_of("2020-02-04"));
}

SCENARIO("a deadline never comes nearer when the calendar changes") {
    const auto old = deadline(national_calendar(), day("2026-12-28"), after);
    REQUIRE(old.provisional);

    GIVEN("a notice that makes the Saturday after New Year a working day") {
        const auto calendar = with({{Scope::national,
                                     year{2027},
                                     day("2026-12-29"),
                                     {},
                                     {},
                                     {{day("2027-01-01"), day("2027-01-01"), false, "元旦"},
                                      {day("2027-01-02"), day("2027-01-02"), true, "元旦"}}}});
        const auto recounted = deadline(calendar, day("2026-12-28"), after);
        REQUIRE(recounted.at < old.at);
        THEN("the old end and its days stay, and are no longer provisional") {
            const auto kept = extended(old, recounted);
            CHECK(kept.at == old.at);
            CHECK(kept.counted == old.counted);
            CHECK_FALSE(kept.provisional);
        }
    }
    GIVEN("a notice that moves the days but not the end") {
        const auto calendar = with({{Scope::national,
                                     year{2027},
                                     day("2026-12-29"),
                                     {},
                                     {},
                                     {{day("2027-01-02"), day("2027-01-02"), true, "元旦"},
                                      {day("2027-01-03"), day("2027-01-04"), false, "元旦"},
                                      {day("2027-01-01"), day("2027-01-01"), false, "元旦"}}}});
        THEN("the days are those of the new count") {
            const auto recounted = deadline(calendar, day("2026-12-28"), after);
            REQUIRE(recounted.at == old.at);
            REQUIRE(recounted.counted != old.counted);
            CHECK(extended(old, recounted) == recounted);
        }
    }
    GIVEN("a notice that prolongs New Year") {
        const auto calendar = with({{Scope::national,
                                     year{2027},
                                     day("2026-12-29"),
                                     {},
                                     {},
                                     {{day("2027-01-01"), day("2027-01-04"), false, "元旦"}}}});
        THEN("the end moves away, once") {
            const auto recounted = deadline(calendar, day("2026-12-28"), after);
            const auto once = extended(old, recounted);
            CHECK(once.at == end_of("2027-01-06"));
            CHECK(extended(once, recounted) == once);
        }
    }
}

SCENARIO("an evaluation opened after the day of completion runs from its opening, and both ends are kept") {
    const auto& calendar = national_calendar();
    const auto completed = at("2020-09-25", 10h);

    CHECK(window(calendar, completed, at("2020-09-25", 24h - 1us), WindowTerms{after, {}}).effective.at ==
          end_of("2020-10-09"));
    const auto late = window(calendar, completed, at("2020-09-26", 0h), WindowTerms{after, {}});
    CHECK(late.by_completion.at == end_of("2020-10-09"));
    CHECK(late.effective.at == end_of("2020-10-09"));  // opened on the Saturday: the same five days
    const auto later = window(calendar, completed, at("2020-09-28", 9h), WindowTerms{after, {}});
    CHECK(later.by_completion.at == end_of("2020-10-09"));
    CHECK(later.effective.at == end_of("2020-10-12"));

    // On site the day of business counts, but a day of late opening does not.
    const auto on_site = window(calendar, completed, at("2020-09-28", 9h), {from_the_day, {}});
    CHECK(on_site.by_completion.at == end_of("2020-09-30"));
    CHECK(on_site.effective.at == end_of("2020-10-12"));

    // A completion a few minutes ahead of the clock, past midnight, opens nothing earlier.
    const auto ahead = window(calendar, at("2020-09-28", 1min), at("2020-09-27", 24h - 1min), WindowTerms{after, {}});
    CHECK(ahead.effective == ahead.by_completion);
}

SCENARIO("a window is extended at both its ends") {
    const auto before = national_calendar().known_at(day("2020-01-26"));
    const auto now = national_calendar().known_at(day("2020-01-27"));
    const auto completed = at("2020-01-20", 10h), opened = at("2020-01-22", 10h);
    const auto result = extended(window(before, completed, opened, WindowTerms{after, {}}),
                                 window(now, completed, opened, WindowTerms{after, {}}));
    CHECK(result == window(now, completed, opened, WindowTerms{after, {}}));
}

SCENARIO("an accepted appeal stops the clock until it is denied") {
    const auto& calendar = national_calendar();
    const Term five = after;
    const auto running = deadline(calendar, day("2024-03-01"), five);  // Friday: 03-04 … 03-08
    REQUIRE(running.at == end_of("2024-03-08"));

    CHECK(resumed(calendar, running, day("2024-03-06"), day("2024-03-06"), five) == running);  // no time passed
    const auto later = resumed(calendar, running, day("2024-03-06"), day("2024-03-13"), five);
    CHECK(later.at == end_of("2024-03-15"));  // Wednesday to Friday were left
    CHECK(later.counted ==
          std::vector{day("2024-03-04"), day("2024-03-05"), day("2024-03-13"), day("2024-03-14"), day("2024-03-15")});
    CHECK(resumed(calendar, running, day("2024-03-08"), day("2024-03-16"), five).at == end_of("2024-03-18"));
    CHECK(resumed(calendar, running, day("2024-03-09"), day("2024-03-20"), five) == running);  // already past
}

SCENARIO("people are told which days counted and which did not") {
    const auto& calendar = national_calendar();
    CHECK(explain(calendar, day("2026-09-24"), deadline(calendar, day("2026-09-24"), after)) ==
          "09-28①, 09-29②, 09-30③, 10-08④, 10-09⑤；09-25—09-27 休、10-01—10-07 休；截止 10-09 24:00");
    CHECK(explain(calendar, day("2026-09-19"), deadline(calendar, day("2026-09-19"), next_day)) ==
          "09-20①（上班）；09-19 休；截止 09-20 24:00");
    CHECK(explain(calendar, day("2026-12-28"), deadline(calendar, day("2026-12-28"), after)) ==
          "12-29①, 12-30②, 12-31③, 2027-01-04④, 2027-01-05⑤；2027-01-01—2027-01-03 休；截止 2027-01-05 24:00"
          "（放假安排尚未公布，暂按周末和固定节日推算，公布后只会延长）");

    Term until_five{2, DayKind::working, Anchor::inclusive, DeadlineEnd::close_of_business, 17h + 5min, false};
    CHECK(explain(calendar, day("2024-03-04"), deadline(calendar, day("2024-03-04"), until_five)) ==
          "03-04①, 03-05②；截止 03-05 17:05");

    const auto running = deadline(calendar, day("2024-03-01"), after);
    CHECK(
        explain(calendar, day("2024-03-01"), resumed(calendar, running, day("2024-03-06"), day("2024-03-11"), after)) ==
        "03-04①, 03-05②, 03-11③, 03-12④, 03-13⑤；03-02—03-03 休、03-06—03-08 不计、03-09—03-10 休；截止 03-13 24:00");

    Term many = after;
    many.days = 21;
    CHECK(explain(calendar, day("2024-03-01"), deadline(calendar, day("2024-03-01"), many)).find("⑳, 04-01(21)；") !=
          std::string::npos);
}

SCENARIO("people are told why a window did not run from the completion") {
    const auto& calendar = national_calendar();
    const auto completed = at("2024-03-01", 10h);
    CHECK(explain(calendar, completed, completed, window(calendar, completed, completed, WindowTerms{after, {}})) ==
          "03-04①, 03-05②, 03-06③, 03-07④, 03-08⑤；03-02—03-03 休；截止 03-08 24:00");
    const auto opened = at("2024-03-05", 9h);
    CHECK(explain(calendar, completed, opened, window(calendar, completed, opened, WindowTerms{after, {}})) ==
          "按办结日应于 03-08 24:00 截止；03-05 才开放评价，自次日重新计算："
          "03-06①, 03-07②, 03-08③, 03-11④, 03-12⑤；03-09—03-10 休；截止 03-12 24:00");
}
