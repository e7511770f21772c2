#include "adapters/calendar/staff_file.hpp"

#include "adapters/calendar/imported_text.hpp"
#include "plugin/domain/text.hpp"
#include "tests/calendar/reading.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace hcp;
using namespace hcp::domain;
using namespace std::chrono_literals;

namespace {

const std::string header = "staff_id,name,department_id,windows,since,until\n";
const std::string good = "S1,丁若川,D1,A01;A02,2026-01-05,\n";

ports::RosterFile read(const std::string& bytes) {
    return calendar::roster_from("roster.csv", bytes);
}
std::vector<std::string> faults_of(const std::string& bytes) {
    const auto file = read(bytes);
    CHECK((file.faults.empty() || !file.faults.front().file.empty()));
    return test::told(file.faults);
}
constexpr Instant start(int y, unsigned m, unsigned d) {
    return start_of(Day{std::chrono::local_days{std::chrono::year{y} / static_cast<int>(m) / static_cast<int>(d)}});
}

}  // namespace

SCENARIO("the shipped roster is sound", "[roster]") {
    const auto file = read(test::text_in(test::shipped("staff/roster.csv")));
    CHECK(test::told(file.faults).empty());
    CHECK(file.lines.size() == 16);
}

SCENARIO("a row says who works where, from its first day until the end of its last", "[roster]") {
    const auto file = read(header + good + "S2,蔺书禾,D2,,2026-01-06,2026-06-30\n");
    REQUIRE(file.faults.empty());
    REQUIRE(file.lines.size() == 2);
    CHECK(file.lines[0].line == 2);
    CHECK(file.lines[0].staff_id == "S1");
    CHECK(file.lines[0].name == "丁若川");
    CHECK(file.lines[0].post == Post{"D1", {"A01", "A02"}, start(2026, 1, 5), {}});
    CHECK(file.lines[1].post == Post{"D2", {}, start(2026, 1, 6), start(2026, 7, 1)});
}

SCENARIO("UTF-8 with and without BOM and GB18030 read the same", "[roster]") {
    const auto plain = read(header + good);
    REQUIRE(plain.lines.size() == 1);
    // S1,丁若川,…, and 㐄 (U+3404), of four bytes, which GBK does not have
    const std::string gb = "S1,\xB6\xA1\xC8\xF4\xB4\xA8,D1,A01;A02,2026-01-05,\n";
    for (const auto& bytes : {"\xEF\xBB\xBF" + header + good, header + gb}) {
        const auto file = read(bytes);
        CHECK(test::told(file.faults).empty());
        REQUIRE(file.lines.size() == 1);
        CHECK(file.lines[0].name == plain.lines[0].name);
    }
    const auto rare = read(header + gb + "S2,\x81\x39\xEF\x33\xB4\xA8,D1,,2026-01-05,\n");
    CHECK(test::told(rare.faults).empty());
    REQUIRE(rare.lines.size() == 2);
    CHECK(rare.lines[1].name == "㐄川");
}

SCENARIO("another encoding, or a damaged one, is told with its line", "[roster]") {
    CHECK(faults_of(header + "S1,\xB6\xA1\xC8\xF4,D1,,2026-01-05,\nS2,\xFF\xFF,D1,,2026-01-05,\n") ==
          std::vector<std::string>{"roster.csv:3  这一行既不是 UTF-8 也不是 GB18030"});
    CHECK(faults_of(header + good + "S2,\xE4\xB8,D1,,2026-01-05,\n" + "S3,冉知远,D1,,2026-01-05,\n") ==
          std::vector<std::string>{"roster.csv:3  这一行不是 UTF-8"});
    CHECK(faults_of("\xFF\xFE" + header).size() == 1);
    CHECK(faults_of(header + std::string{"S\0", 2} + "1,x,D1,,2026-01-05,\n").size() == 1);
}

SCENARIO("every fault of a file is told with line and column, and nothing of a faulty row is used", "[roster]") {
    CHECK(faults_of(header + "S1,丁若川,D1,A01,2026/1/5,\n"
                             "S2,蔺书禾,D1,A01,46023,\n"
                             "S3,冉知远,D1,A01,2026-02-30,\n"
                             "S4,褚云帆,D1,A01,2026-01-05,2025-12-31\n"
                             "S5,=1+1,D1,A01,2026-01-05,\n"
                             "S6,骆晚晴,+D1,@A01,2026-01-05,\n"
                             ",楚怀安,D1,A01,2026-01-05,\n"
                             "S8,,,A01;;A02,,\n"
                             "S9,乔望舒,D1,A01,2026-01-05,2026年7月1日\n"
                             "S9,祁向南,D1,A01,2026-01-05,\n") ==
          std::vector<std::string>{
              "roster.csv:2 since “2026/1/5” 是电子表格改写过的日期",
              "roster.csv:3 since “46023” 是电子表格改写过的日期",
              "roster.csv:4 since 不是存在的日期",
              "roster.csv:5 until 最后一天 2025-12-31 早于第一天 2026-01-05",
              "roster.csv:6 name 单元格以 = + - @ 开头，是公式",
              "roster.csv:7 department_id 单元格以 = + - @ 开头，是公式",
              "roster.csv:7 windows 单元格以 = + - @ 开头，是公式",
              "roster.csv:8 staff_id 工号为空或超过 64 字",
              "roster.csv:9 name 姓名为空或超过 50 字",
              "roster.csv:9 department_id 部门为空或超过 64 字",
              "roster.csv:9 windows 有空的或超过 40 字的窗口，或一共超过 1000 字",
              "roster.csv:9 since 不是存在的日期",
              "roster.csv:10 until “2026年7月1日” 是电子表格改写过的日期",
              "roster.csv:11 staff_id “S9” 重复，第 10 行已有",
          });
    CHECK(faults_of("staff_id,name,department_id,windows,until\nS1,丁若川,D1,,\n") ==
          std::vector<std::string>{"roster.csv:1 since 缺少这一列"});
    CHECK(faults_of("").size() == 1);
    CHECK(faults_of(header).size() == 1);
}

SCENARIO("a file that is no roster is told of in few words, however large", "[roster]") {
    GIVEN("a million lines") {
        std::string lines = header;
        for (int i = 0; i < 1'000'000; ++i) lines += "S,\n";
        CHECK(faults_of(lines) == std::vector<std::string>{"roster.csv:20001  文件有 1000001 行，最多 20000 行"});
    }
    GIVEN("more than is looked at") {
        CHECK(faults_of(std::string(calendar::most_imported_bytes + 1, 'x')) ==
              std::vector<std::string>{"roster.csv:0  文件超过 8 MiB"});
    }
    GIVEN("a cell of 1 MiB, in each column") {
        const std::string huge(std::size_t{1} << 20, '#');
        for (const auto* column : {"staff_id", "name", "department_id", "windows", "since", "until"}) {
            INFO(column);
            const std::string names = header.substr(0, header.size() - 1);
            std::string row;
            for (const auto& name : split(names, ',')) {
                const std::string cell = name == column                         ? huge
                                         : name == "since"                      ? "2026-01-05"
                                         : name == "until" || name == "windows" ? ""
                                                                                : "x";
                row += (row.empty() ? "" : ",") + cell;
            }
            const auto file = read(header + good + row + "\n");
            REQUIRE(file.faults.size() == 1);
            CHECK(file.faults[0].line == 3);
            CHECK(file.faults[0].key == column);
            CHECK(file.faults[0].problem.size() < 300);
        }
    }
    GIVEN("more faults than anybody reads") {
        std::string rows = header;
        for (int i = 0; i < 10'000; ++i) rows += "S" + std::to_string(i) + ",丁若川,D1,,46023,\n";
        CHECK(read(rows).faults.size() == 100);
    }
}

SCENARIO("a roster of the largest size is read", "[roster]") {
    std::string rows = header;
    for (std::size_t i = 1; i < calendar::most_imported_lines; ++i)
        rows += "S" + std::to_string(i) + ",丁若川,D1,A01,2026-01-05,\n";
    const auto file = read(rows);
    CHECK(file.faults.empty());
    CHECK(file.lines.size() == calendar::most_imported_lines - 1);
}
