#include "plugin/domain/calendar.hpp"

#include "tests/domain/national_calendar.hpp"

#include <catch2/catch.hpp>

using namespace hcp::domain;
using namespace hcp::test;
using std::chrono::year;

TEST_CASE("a day is read only in its one form and only when it exists") {
    CHECK(text_of(day("2020-02-29")) == "2020-02-29");
    CHECK(text_of(day("2026-12-31")) == "2026-12-31");
    for (const char* wrong : {"2021-02-29", "2020-2-29", "2020-13-01", "2020-00-01", "2020-01-32", "20200101",
                              "2020/01/01", "2020-01-01 ", "0000-01-01", "１２３４-01-01", ""})
        CHECK_FALSE(day_from(wrong));
}

SCENARIO("a notice makes weekdays holidays and weekends working days") {
    const auto& calendar = national_calendar();
    CHECK_FALSE(calendar.is_working(day("2020-10-08")));
    CHECK(calendar.is_working(day("2020-10-09")));
    CHECK(calendar.is_working(day("2020-10-10")));
    CHECK_FALSE(calendar.is_working(day("2020-10-11")));
    CHECK(calendar.special(day("2020-10-10"))->name == "国庆节");
    CHECK(calendar.special(day("2020-10-09")) == nullptr);
    CHECK_FALSE(calendar.is_working(day("2020-02-29")));  // a Saturday
    CHECK(calendar.is_working(day("2024-02-29")));        // a Thursday
}

SCENARIO("the notice of 2020-01-27 replaces the Spring Festival of the notice before it and nothing else") {
    const auto before = national_calendar().known_at(day("2020-01-26"));
    const auto after = national_calendar().known_at(day("2020-01-27"));
    CHECK(before.is_working(day("2020-01-31")));
    CHECK(before.is_working(day("2020-02-01")));
    CHECK_FALSE(after.is_working(day("2020-01-31")));
    CHECK_FALSE(after.is_working(day("2020-02-01")));
    CHECK_FALSE(after.is_working(day("2020-02-02")));
    CHECK(after.is_working(day("2020-01-19")));
    for (Day d = day("2020-01-01"); d <= day("2020-12-31"); d += std::chrono::days{1})
        if (d != day("2020-01-31") && d != day("2020-02-01")) CHECK(before.is_working(d) == after.is_working(d));
    CHECK(before.version() != after.version());
}

SCENARIO("what a later notice does not name of a joint holiday goes with it") {
    // 2020's 国庆节 中秋节 stand in one row: a notice that arranges 国庆节 anew replaces that row whole.
    const auto calendar = with({{Scope::national,
                                 year{2020},
                                 day("2020-09-01"),
                                 {},
                                 {},
                                 {{day("2020-10-01"), day("2020-10-03"), false, "国庆节"}}}});
    CHECK_FALSE(calendar.is_working(day("2020-10-02")));
    CHECK(calendar.is_working(day("2020-10-05")));
    CHECK_FALSE(calendar.is_working(day("2020-10-10")));  // its make-up day is gone as well
    CHECK_FALSE(calendar.is_working(day("2020-05-04")));  // other holidays stay
}

SCENARIO("holidays that a notice joins with 、 are two, as those that a blank parts are") {
    using Names = std::vector<std::string>;
    for (const auto* joint : {"国庆节 中秋节", "国庆节、中秋节", "国庆节，中秋节", "国庆节,中秋节", "国庆节　中秋节",
                              " 国庆节 、 中秋节 "}) {
        INFO(joint);
        CHECK(hcp::domain::holidays_in(joint) == Names{"国庆节", "中秋节"});
    }
    CHECK(hcp::domain::holidays_in("春节") == Names{"春节"});
    CHECK(hcp::domain::holidays_in("、 ").empty());

    const auto calendar = with({{Scope::national,
                                 year{2020},
                                 day("2020-09-01"),
                                 {},
                                 {},
                                 {{day("2020-10-01"), day("2020-10-03"), false, "国庆节、抗战纪念"}}}});
    CHECK(calendar.is_working(day("2020-10-05")));
}

SCENARIO("a notice is not known before its day of publication") {
    const auto& calendar = national_calendar();
    CHECK_FALSE(calendar.known_at(day("2025-11-03")).is_published(year{2026}));
    CHECK(calendar.known_at(day("2025-11-04")).is_published(year{2026}));
    CHECK(calendar.known_at(day("2025-11-04")) == calendar);
    CHECK(calendar.known_at(day("2019-01-01")).notices().empty());
}

SCENARIO("a year without a notice has its weekends and the days fixed by regulation") {
    const auto& calendar = national_calendar();
    CHECK_FALSE(calendar.is_published(year{2027}));
    for (const char* off :
         {"2027-01-01", "2027-05-01", "2027-10-01", "2028-05-02", "2029-10-02", "2029-10-03", "2027-02-06"})
        CHECK_FALSE(calendar.is_working(day(off)));
    for (const char* on : {"2027-01-04", "2027-02-08", "2027-05-03", "2027-10-04", "2027-12-31"})
        CHECK(calendar.is_working(day(on)));
    // In a year that has its notice, the notice alone says what is off.
    CHECK(with({{Scope::national, year{2027}, day("2026-11-01"), {}, {}, {}}}).is_working(day("2027-01-01")));
}

SCENARIO("a notice may reach into the December before its year") {
    CHECK_FALSE(national_calendar().is_working(day("2022-12-31")));
    CHECK(national_calendar().special(day("2022-12-31"))->name == "元旦");
    CHECK_FALSE(national_calendar().known_at(day("2022-12-07")).special(day("2022-12-31")));
}

SCENARIO("the centre is heard before the province and both before the nation (E21)") {
    const auto calendar = with({
        {Scope::centre, {}, day("2026-01-01"), {}, {}, {{day("2026-10-03"), day("2026-10-03"), true, "国庆值班"}}},
        {Scope::province,
         {},
         day("2026-02-01"),
         {},
         {},
         {{day("2026-03-02"), day("2026-03-03"), false, "全省"},
          {day("2026-10-02"), day("2026-10-03"), false, "全省"}}},
        {Scope::centre, {}, day("2026-02-15"), {}, {}, {{day("2026-03-03"), day("2026-03-03"), true, "照常办理"}}},
    });
    CHECK_FALSE(calendar.is_working(day("2026-03-02")));
    CHECK(calendar.is_working(day("2026-03-03")));
    CHECK(calendar.is_working(day("2026-10-03")));  // although the province spoke later
    CHECK(calendar.special(day("2026-10-03"))->scope == Scope::centre);
    CHECK(calendar.version() == "2020-2026@2025-11-04+2026-02-15");
}

SCENARIO("a local notice covers no year") {
    const auto calendar =
        with({{Scope::centre, {}, day("2026-12-01"), {}, {}, {{day("2027-01-04"), day("2027-01-04"), false, "盘点"}}}});
    CHECK_FALSE(calendar.is_published(year{2027}));
    CHECK_FALSE(calendar.is_working(day("2027-01-04")));
}

SCENARIO("a missing notice is asked for from 1 November of the year before") {
    const auto& calendar = national_calendar();
    CHECK_FALSE(calendar.missing_year(day("2026-10-31")));
    CHECK(calendar.missing_year(day("2026-11-01")) == year{2027});
    CHECK(calendar.missing_year(day("2027-03-01")) == year{2027});
    CHECK_FALSE(calendar.known_at(day("2021-10-25")).missing_year(day("2021-11-01")));
}

SCENARIO("the version names what is covered and when it was last told") {
    CHECK(national_calendar().version() == "2020-2026@2025-11-04");
    CHECK(national_calendar().known_at(day("2020-01-27")).version() == "2020-2020@2020-01-27");
    CHECK(Calendar{}.version() == "fixed-days");
}

namespace {

Notice closed(const char* published, const char* first, const char* last) {
    return {Scope::centre, {}, day(published), {}, {}, {{day(first), day(last), false, "闭馆"}}};
}

}  // namespace

SCENARIO("a local closure is foretold only where it came into force before its first day (E21)") {
    const auto notice = closed("2026-03-01", "2026-03-19", "2026-03-20");
    const auto calendar = with({notice});
    const auto heard_from = [&](const char* since) {
        const std::vector<CalendarSince> history{{national_calendar(), start_of(day("2026-01-01"))},
                                                 {calendar, start_of(day(since))}};
        return foretold(calendar, history);
    };
    CHECK(heard_from("2026-03-18") == calendar);
    CHECK(heard_from("2026-03-19") == national_calendar());
    CHECK(heard_from("2026-04-01") == national_calendar());
    CHECK(foretold(calendar, {}) == national_calendar());

    // Each part of a notice by its own first day, and a notice from when it was first heard, in whichever calendar.
    auto two = notice;
    two.rows.push_back({day("2026-03-26"), day("2026-03-26"), false, "闭馆"});
    const std::vector<CalendarSince> later{
        {with({two}), start_of(day("2026-03-20"))},
        {with({two, closed("2026-05-01", "2026-05-20", "2026-05-20")}), start_of(day("2026-05-02"))}};
    const auto heard = foretold(later.back().calendar, later);
    CHECK(heard.is_working(day("2026-03-19")));
    CHECK_FALSE(heard.is_working(day("2026-03-26")));
    CHECK_FALSE(heard.is_working(day("2026-05-20")));
}

SCENARIO("one calendar's local days are laid over the State Council's of another") {
    const auto local = with({closed("2026-03-01", "2026-03-19", "2026-03-20")});
    const auto older = national_calendar().known_at(day("2025-10-01"));
    CHECK(with_local_days(national_calendar(), local) == local);
    CHECK(with_local_days(local, national_calendar()) == national_calendar());
    CHECK(with_local_days(older, local).version() == older.version() + "+2026-03-01");
    CHECK(same_local_days(local, with_local_days(older, local)));
    CHECK_FALSE(same_local_days(local, national_calendar()));
    CHECK(same_local_days(older, national_calendar()));
}
