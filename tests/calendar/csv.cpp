#include "adapters/calendar/csv.hpp"

#include "tests/calendar/reading.hpp"

#include <catch2/catch.hpp>

#include <array>

using namespace hcp;
using namespace hcp::test;
using Told = std::vector<std::string>;
using Cells = std::vector<std::string>;

namespace {

constexpr std::array<std::string_view, 3> abc{"a", "b", "c"};

auto read(std::string_view text) {
    return calendar::read_csv("t.csv", text, abc);
}

}  // namespace

TEST_CASE("rows come in the order of the columns asked for") {
    const auto table = read("c,a,b\n3,1,2\n");
    REQUIRE(table.ok());
    REQUIRE(table.value.size() == 1);
    CHECK(table.value[0].cells == Cells{"1", "2", "3"});
    CHECK(table.value[0].line == 2);
}

TEST_CASE("a byte order mark, CRLF, empty lines, blanks and a missing last line end do no harm") {
    const auto table = read(
        "\xEF\xBB\xBF"
        "a,b,c\r\n\r\n 1 ,\t2,3 \r\n\n4,,6");
    REQUIRE(table.ok());
    REQUIRE(table.value.size() == 2);
    CHECK(table.value[0].cells == Cells{"1", "2", "3"});
    CHECK(table.value[0].line == 3);
    CHECK(table.value[1].cells == Cells{"4", "", "6"});
    CHECK(table.value[1].line == 5);
}

TEST_CASE("a quoted cell keeps commas, quotes, blanks and line ends, and lines are still counted") {
    const auto table = read("a,b,c\n\" 甲,乙 \",\"他说\"\"好\"\"\",\"一\n二\"\n1,2,3\n");
    REQUIRE(table.ok());
    REQUIRE(table.value.size() == 2);
    CHECK(table.value[0].cells == Cells{" 甲,乙 ", "他说\"好\"", "一\n二"});
    CHECK(table.value[1].line == 4);
    CHECK(read("a,b,c\n1,2, \"3\" \r\n").value.at(0).cells == Cells{"1", "2", "3"});
    CHECK(read("a,b,c\n\"\",\"\",\"\"\n").value.at(0).cells == Cells{"", "", ""});
}

TEST_CASE("a bad row is told and left out, and the rows after it are read") {
    const auto table = read("a,b,c\n1,2\n1,2,3,4\n1,2\"x,3\n1,\"2\"x,3\n\xC4\xE3,2,3\n7,8,9\n");
    CHECK(told(table.faults) == Told{"t.csv:2  这一行有 2 个单元格，表头有 3 个",
                                     "t.csv:3  这一行有 4 个单元格，表头有 3 个", "t.csv:4  引号出现在单元格中间",
                                     "t.csv:5  结尾的双引号后面还有文字", "t.csv:6  这一行不是 UTF-8"});
    REQUIRE(table.value.size() == 1);
    CHECK(table.value[0].cells == Cells{"7", "8", "9"});
    CHECK(told(read("a,b,c\n1,\"2,3\n4,5,6\n").faults) == Told{"t.csv:2  双引号没有配对"});
}

TEST_CASE("the header has each column once and no other") {
    CHECK(told(read("").faults) == Told{"t.csv:1  缺少表头"});
    CHECK(told(read("a,b,b,d\n1,2,3,4\n").faults) ==
          Told{"t.csv:1 b 这一列出现了两次", "t.csv:1 c 缺少这一列", "t.csv:1 d 没有这样的列"});
    CHECK(read("a,b,c\n").ok());
    CHECK(read("a,b,c\n").value.empty());
}

TEST_CASE("what is written is read back as it was") {
    const Cells cells{" 甲,乙", "\"", "一\r\n二"};
    CHECK(read("a,b,c\n" + calendar::csv_line(cells)).value.at(0).cells == cells);
    CHECK(calendar::csv_line(Cells{"1", "二", "3 4"}) == "1,二,3 4\n");
}
