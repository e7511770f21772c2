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

TEST_CASE("a quoted cell keeps commas and quotes, and lines are still counted after one with line ends") {
    const auto table = read("a,b,c\n\"甲,乙\",\"他说\"\"好\"\"\",3\n\"一\n二\",2,3\n1,2,3\n");
    REQUIRE(table.value.size() == 2);
    CHECK(table.value[0].cells == Cells{"甲,乙", "他说\"好\"", "3"});
    CHECK(table.value[1].line == 5);
    CHECK(read("a,b,c\n1,2, \"3\" \r\n").value.at(0).cells == Cells{"1", "2", "3"});
    CHECK(read("a,b,c\n\"\",\"\",\"\"\n").value.at(0).cells == Cells{"", "", ""});
}

TEST_CASE(
    "what the province and the pages would write otherwise than it stands here is refused, with line and column") {
    const auto fault_of = [](const std::string& cell) {
        const auto table = read("a,b,c\n1," + cell + ",3\n4,5,6\n");
        INFO(cell);
        CHECK(table.value.size() == 1);
        REQUIRE(table.faults.size() == 1);
        CHECK(told(table.faults).front().starts_with("t.csv:2 b "));
        return table.faults.front().problem;
    };
    CHECK(fault_of("\"开标\n办结\"") == "单元格中有换行，省平台和页面上的文字会与此不同");
    CHECK(fault_of("\"开标\r\n办结\"") == "单元格中有换行，省平台和页面上的文字会与此不同");
    CHECK(fault_of("开标\t办结") == "单元格中有制表符或控制字符");
    CHECK(fault_of("开标\x01办结") == "单元格中有制表符或控制字符");
    CHECK(fault_of("开标\x7F") == "单元格中有制表符或控制字符");
    CHECK(fault_of("开标\u200B办结") == "单元格中有看不见的字符 U+200B");
    CHECK(fault_of("开标\u00A0") == "单元格中有看不见的字符 U+00A0");
    CHECK(fault_of("\uFEFF开标") == "单元格中有看不见的字符 U+FEFF");
    CHECK(fault_of("\u202E开标") == "单元格中有看不见的字符 U+202E");
    CHECK(fault_of("\" 开标\"") == "单元格首尾有空白");
    CHECK(fault_of("\"开标　\"") == "单元格首尾有空白");
    CHECK(read("a,b,c\n1,　开标 ,3\n").value.at(0).cells.at(1) == "开标");
    CHECK(read("a,b,c\n1,开标 办结　公示,3\n").ok());
}

TEST_CASE("what a spreadsheet makes of a date, a long number or a formula is refused in every column") {
    for (const auto* cell : {"May-20", "20-May", "1-May-20", "01-Dec-2020", "3.7E+11", "1.2370000999999999E+17",
                             "4E+11", "#NAME?", "#REF!", "#N/A", "########"}) {
        const auto table = read("a,b,c\n1,2," + std::string{cell} + "\n");
        INFO(cell);
        REQUIRE(table.faults.size() == 1);
        CHECK(told(table.faults).front() == "t.csv:2 c “" + std::string{cell} + "” 是电子表格改写过的内容");
        CHECK(table.faults.front().remedy.find("文本") != std::string::npos);
    }
    for (const auto* cell :
         {"ZC-01", "2020-05", "May", "MAY-20", "A-May-20", "E+5", "3.7E11", "#1", "#", "20-May-甲", "-"})
        CHECK(read("a,b,c\n1,2," + std::string{cell} + "\n").ok());
}

TEST_CASE("a file with a NUL byte, or in UTF-16, is refused once and not read on") {
    using namespace std::string_literals;
    CHECK(told(read("a,b,c\n1,2,3\n4,\0,6\n7,8\n"s).faults) == Told{"t.csv:3  文件含有 NUL 字节"});
    CHECK(told(read("\0a,b,c\n"s).faults) == Told{"t.csv:1  文件含有 NUL 字节"});
    CHECK(told(read("a,b,c\n1,2,\"3\0\"\n"s).faults) == Told{"t.csv:2  文件含有 NUL 字节"});
    CHECK(told(read("\xFF\xFE"
                    "a\0,\0b\0"s)
                   .faults) == Told{"t.csv:1  文件是 UTF-16 编码"});
}

TEST_CASE("a table without a row is refused, and one whose rows are faulty is not said to be empty") {
    CHECK(told(read("a,b,c\n").faults) == Told{"t.csv:1  只有表头，没有任何一行"});
    CHECK(told(read("\n\na,b,c\n\n").faults) == Told{"t.csv:3  只有表头，没有任何一行"});
    CHECK(told(read("a,b,c\n1,2\n").faults) == Told{"t.csv:2  这一行有 2 个单元格，表头有 3 个"});
}

TEST_CASE("a table of another kind does not flood the log") {
    std::string text = "a,b,c\n";
    for (int i = 0; i < 5000; ++i) text += "1;2;3\n";
    CHECK(read(text).faults.size() == 100);
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
}

TEST_CASE("what is written is read back as it was") {
    const Cells cells{"甲,乙", "\"", "他说\"好\",又"};
    CHECK(read("a,b,c\n" + calendar::csv_line(cells)).value.at(0).cells == cells);
    CHECK(calendar::csv_line(Cells{"1", "二", "3 4"}) == "1,二,3 4\n");
}
