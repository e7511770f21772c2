#include "adapters/calendar/tags_file.hpp"

#include "tests/calendar/reading.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace hcp;
using namespace hcp::test;
using Told = std::vector<std::string>;

namespace {

auto read(std::string_view rows) {
    return calendar::tags_from("tags.csv", "version,level,code,text,head,expanded\n" + std::string{rows});
}

}  // namespace

TEST_CASE(
    "the shipped tags are five levels of eight, three of each shown first, with all four heads among the bad ones") {
    const auto book = calendar::tags_from("tags.csv", text_in(shipped("items/tags.csv")));
    REQUIRE(told(book.faults).empty());
    CHECK(book.value.version() == "2020-05");
    for (int code = 1; code <= 5; ++code) {
        const auto level = *domain::level_from(code);
        const auto offered = book.value.offered(level);
        REQUIRE(offered.size() == 8);
        std::vector<std::string> codes;
        std::set<domain::Head> heads;
        for (std::size_t i = 0; i < offered.size(); ++i) {
            CHECK(offered[i].expanded == (i >= 3));
            codes.push_back(offered[i].code);
            heads.insert(offered[i].head);
        }
        CHECK_FALSE(book.value.check(level, codes));
        CHECK(heads.size() == 4);
    }
    CHECK(book.value.find("214")->text == "服务态度生硬");
}

TEST_CASE("tags written out read back as the same tags") {
    const auto book = calendar::tags_from("tags.csv", text_in(shipped("items/tags.csv")));
    const auto text = calendar::csv_text(book.value);
    CHECK(calendar::tags_from("stored", text).value == book.value);
    CHECK(calendar::csv_text(calendar::tags_from("stored", text).value) == text);
}

TEST_CASE("everything wrong with a table of tags is told at once") {
    const auto book = read(
        "2020-05,6,607,甲,服务事项的设置,0\n"
        "2020-05,2,307,甲,服务事项的设置,0\n"
        "2020-05,2,2x7,甲,服务事项的设置,0\n"
        "2020-05,2,207,,服务,yes\n"
        "2020-05,2,208\n"
        "2020-05,2,209,甲,服务行为的规范,1\n"
        "2020-05,2,209,乙,服务行为的规范,1\n"
        "2019-10,2,209,乙,服务行为的规范,1\n");
    CHECK(told(book.faults) ==
          Told{"tags.csv:2 level 等级 “6” 不存在", "tags.csv:3 code 代码 “307” 的首位与等级 2 不符",
               "tags.csv:4 code 代码 “2x7” 不是 3 至 8 位数字", "tags.csv:5 text 标签文字为空",
               "tags.csv:5 head 没有 “服务” 这一方面", "tags.csv:5 expanded “yes” 不是 0 或 1",
               "tags.csv:6  这一行有 3 个单元格，表头有 6 个", "tags.csv:8 code 代码 “209” 重复，第 7 行已有"});
    CHECK(told(read("").faults) == Told{"tags.csv:1  只有表头，没有任何一行"});
}

TEST_CASE("tags that a spreadsheet saved are refused with the file, the line, the column and what to do") {
    const auto spoilt = [](const std::string& version) {
        auto text = text_in(shipped("items/tags.csv"));
        for (auto at = text.find("2020-05"); at != text.npos; at = text.find("2020-05", at + version.size()))
            text.replace(at, 7, version);
        return calendar::tags_from("tags.csv", text);
    };
    const auto saved = spoilt("May-20");
    CHECK(saved.faults.size() == 40);
    CHECK(told(saved.faults).front() == "tags.csv:2 version “May-20” 是电子表格改写过的内容");
    CHECK(saved.faults.front().remedy.find("文本") != std::string::npos);
    const auto as_date = spoilt("2020-05-01");
    CHECK(told(as_date.faults).front() == "tags.csv:2 version 版本 “2020-05-01” 不是 年-月");
    CHECK(as_date.faults.front().remedy.find("2020-05") != std::string::npos);
    CHECK(told(read(",2,209,甲,服务行为的规范,1\n").faults) == Told{"tags.csv:2 version 版本为空"});
}

TEST_CASE("the later version is offered, a further one of the same month included") {
    const auto book = read(
        "2020-05.2,2,209,丙,服务行为的规范,1\n"
        "2020-05,2,209,乙,服务行为的规范,1\n"
        "2019-12,2,209,甲,服务行为的规范,1\n");
    REQUIRE(told(book.faults).empty());
    CHECK(book.value.version() == "2020-05.2");
    CHECK(book.value.find("209")->text == "丙");
}
