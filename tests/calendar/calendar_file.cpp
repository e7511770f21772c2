#include "adapters/calendar/calendar_file.hpp"

#include "tests/calendar/reading.hpp"
#include "tests/domain/national_calendar.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace hcp;
using namespace hcp::test;
using calendar::calendar_from;
using calendar::IniFile;
using domain::Day;
using Told = std::vector<std::string>;

namespace {

// A whole year, to be made wrong one piece at a time.
std::string year_2027(std::string_view more = {}) {
    return "[notice 2026-11-05]\n"
           "year = 2027\n"
           "2027-01-01..2027-01-03 = 放假 元旦\n"
           "2027-05-01 = 放假 劳动节\n"
           "2027-10-01..2027-10-07 = 放假 国庆节\n" +
           std::string{more};
}

Told faults_of(std::string_view text) {
    const std::vector<IniFile> files{ini("x.ini", text)};
    return told(calendar_from(files).faults);
}

}  // namespace

TEST_CASE("the shipped calendars say what the notices said") {
    const auto files = shipped_calendars();
    REQUIRE(files.size() >= 7);
    const auto read = calendar_from(files);
    CHECK(told(read.faults).empty());

    const auto& facts = national_calendar();
    REQUIRE(read.value.notices().size() == facts.notices().size());
    CHECK(read.value.version() == facts.version());
    for (std::size_t i = 0; i < facts.notices().size(); ++i) {
        const auto &file = read.value.notices()[i], &fact = facts.notices()[i];
        CAPTURE(domain::text_of(fact.published));
        CHECK(file.published == fact.published);
        CHECK(file.year == fact.year);
        CHECK(file.rows == fact.rows);
        CHECK_FALSE(file.title.empty());
        CHECK_FALSE(file.document.empty());
    }
}

TEST_CASE("the shipped example of a local overlay is right and does what it says") {
    auto files = shipped_calendars();
    files.push_back(ini("local.ini", text_in(shipped("calendar/local.ini.example"))));
    const auto read = calendar_from(files);
    REQUIRE(told(read.faults).empty());
    CHECK_FALSE(read.value.is_working(day("2026-03-02")));
    CHECK(read.value.is_working(day("2026-03-14")));
    CHECK_FALSE(read.value.is_working(day("2026-03-20")));
    CHECK(read.value.special(day("2026-03-20"))->scope == domain::Scope::centre);
}

TEST_CASE("a calendar written out reads back as the same calendar") {
    auto files = shipped_calendars();
    files.push_back(ini("local.ini", text_in(shipped("calendar/local.ini.example"))));
    const auto read = calendar_from(files);
    const auto text = calendar::ini_text(read.value);
    const std::vector<IniFile> one{ini("stored", text)};
    const auto again = calendar_from(one);
    CHECK(told(again.faults).empty());
    CHECK(again.value == read.value);
    CHECK(calendar::ini_text(again.value) == text);

    std::reverse(files.begin(), files.end());  // the order of the files is no part of the content
    CHECK(calendar::ini_text(calendar_from(files).value) == text);
}

TEST_CASE("a year of its own is read") {
    CHECK(faults_of(year_2027("2027-01-09 = 上班 元旦\n2026-12-22 = 放假 元旦\n")).empty());
}

TEST_CASE("what cannot be read is told with its line, its remedy and everything else that is wrong") {
    CHECK(faults_of(year_2027("yaer = 2027\n"
                              "2027-02-30 = 放假 春节\n"
                              "2027-02-05..2027-02-01 = 放假 春节\n"
                              "2027-03-01 = 休息 春节\n"
                              "2027-03-02 = 放假\n"
                              "2027-04-01..2027-09-01 = 放假 春节\n")) ==
          Told{"x.ini:6 yaer 没有这样的键", "x.ini:7 2027-02-30 日期不存在或写法不对",
               "x.ini:8 2027-02-05..2027-02-01 起止日期颠倒", "x.ini:9 2027-03-01 “休息” 不是放假或上班",
               "x.ini:10 2027-03-02 缺少节日名称", "x.ini:11 2027-04-01..2027-09-01 一项超过 60 天"});
    const std::vector<IniFile> files{ini("x.ini", year_2027("yaer = 2027\n"))};
    CHECK(calendar_from(files).faults.front().remedy.find("最接近的是 year") != std::string::npos);
    CHECK(calendar_from(files).value.notices().empty());
}

TEST_CASE("holidays joined with 、 are those joined with a blank, in the days and in the text that is kept") {
    const auto read = [](const std::string& names) {
        const std::vector<IniFile> files{
            ini("x.ini", year_2027("2027-09-15 = 放假 中秋节\n")),
            ini("y.ini", "[notice 2027-08-01]\nyear = 2027\n2027-10-01..2027-10-03 = 放假 " + names + "\n")};
        auto parsed = calendar_from(files);
        REQUIRE(told(parsed.faults).empty());
        return std::move(parsed.value);
    };
    const auto joint = read("国庆节、中秋节");
    CHECK(joint == read("国庆节 中秋节"));
    CHECK(calendar::ini_text(joint) == calendar::ini_text(read("国庆节 中秋节")));
    CHECK(joint.is_working(day("2027-09-15")));  // replaced, since the later notice arranges 中秋节 too
    CHECK(joint.is_working(day("2027-10-05")));
    CHECK(faults_of(year_2027("2027-03-02 = 放假 、\n")) == Told{"x.ini:6 2027-03-02 缺少节日名称"});
}

TEST_CASE("slips of the pen are told") {
    CHECK(faults_of(year_2027("2027-10-07..2027-10-08 = 放假 国庆节\n")) ==
          Told{"x.ini:6 2027-10-07..2027-10-08 2027-10-07 在第 5 行已经写过"});
    CHECK(faults_of(year_2027("2027-10-11 = 上班 国庆节\n")) ==
          Told{"x.ini:6 2027-10-11 2027-10-11 不是周末，不会是调休上班日"});
    CHECK(faults_of(year_2027("2026-12-21 = 放假 元旦\n")) == Told{"x.ini:6 2026-12-21 日期不在 2027 年"});
    CHECK(faults_of(year_2027("2028-01-01 = 放假 元旦\n")) == Told{"x.ini:6 2028-01-01 日期不在 2027 年"});
    CHECK(
        faults_of("[notice 2026-11-05]\nyear = 2027\n2027-01-01 = 放假 元旦\n2027-10-01..2027-10-03 = 放假 国庆节\n") ==
        Told{"x.ini:2 2027-05-01 缺少法定节日 2027-05-01"});
}

TEST_CASE("a section says whose notice it is, and a national one which year it arranges") {
    CHECK(faults_of("[notice]\n2027-01-01 = 放假 元旦\n").size() == 1);
    CHECK(faults_of("[city 2026-01-01]\n2027-01-01 = 放假 元旦\n").size() == 1);
    CHECK(faults_of("[notice 2026-11-05]\n2027-01-01 = 放假 元旦\n") == Told{"x.ini:2 year 缺少年份"});
    CHECK(faults_of("[notice 2026-11-05]\nyear = 27\n") == Told{"x.ini:2 year “27” 不是年份", "x.ini:2 year 缺少年份"});
    CHECK(faults_of("[centre 2026-11-05]\nyear = 2027\n") == Told{"x.ini:2 year 本地安排不写年份"});
}

TEST_CASE("files are judged together") {
    const auto told_of = [](std::vector<IniFile> files) { return told(calendar_from(files).faults); };
    CHECK(told_of({ini("a.ini", year_2027()), ini("b.ini", year_2027())}) ==
          Told{"b.ini:2  同一天公布的通知在 a.ini 第 2 行已有"});

    auto files = shipped_calendars();
    std::erase_if(files, [](const IniFile& f) { return f.file == "cn-2023.ini"; });
    const auto faults = calendar_from(files).faults;
    REQUIRE(faults.size() == 1);
    CHECK(faults[0].file == "cn-2024.ini");
    CHECK(faults[0].problem == "缺少 2023 年的通知");
}
