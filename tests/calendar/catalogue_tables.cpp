#include "adapters/calendar/catalogue_tables.hpp"

#include "adapters/calendar/catalogue_file.hpp"
#include "adapters/calendar/imported_text.hpp"
#include "plugin/domain/text.hpp"
#include "tests/calendar/reading.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace hcp;
using namespace hcp::domain;

namespace {

using Told = std::vector<std::string>;

ports::CatalogueFiles read(CataloguePart part, const std::string& bytes) {
    ports::CatalogueFiles files;
    calendar::read_part(part, bytes, files);
    return files;
}
Told faults_of(CataloguePart part, const std::string& bytes) {
    return test::told(read(part, bytes).faults);
}

std::string header(CataloguePart part) {
    return calendar::table_text(part, {});
}
const std::string department = "JY1,交易一部,政府采购的进场服务,12370000999999999K,2026-01-05,,\n";
std::string item(const std::string& tail = "限时,,3,一站式;一网通办,项目登记;开标,") {
    return "ZC-01,项目登记,政府采购,JY1,370000000000,12370000999999999K,交易中心,370099GGZY123001A1B2C3D4E5F6789,,20,"
           "1," +
           tail + "\n";
}
const std::string guide = "ZC-01,2026-1,2026-01-01,综合岗,首次公开,一,二,三,四,五,六,七,八,九\n";

template <class Content>
std::vector<Content> contents(const std::vector<ports::FileLine<Content>>& lines) {
    std::vector<Content> all;
    for (const auto& line : lines) all.push_back(line.content);
    return all;
}

}  // namespace

SCENARIO("the sample catalogue is sound, and for a reader real", "[catalogue]") {
    ports::CatalogueFiles files;
    for (const auto part : catalogue_parts)
        calendar::read_part(part, test::text_in(test::shipped("catalogue/" + std::string{file_of(part)})), files);
    CHECK(test::told(files.faults) == Told{});
    const CatalogueTables all{contents(files.departments), contents(files.items), contents(files.guides)};
    std::vector<std::string> told;
    for (const auto& fault : faults_in(all, Day{std::chrono::local_days{std::chrono::year{2026} / 9 / 1}}))
        told.push_back(fault.code + " " + std::string{fault.column} + " " + fault.problem);
    CHECK(told == Told{});
    CHECK(all.departments.size() == 8);
    CHECK(all.items.size() == 25);
    CHECK(all.guides.size() == 25);
    // A new database starts from the same items, and knows how the province calls each of their steps.
    const auto items = calendar::items_from("items.csv", test::text_in(test::shipped("items/items.csv"))).value;
    const auto nodes = calendar::nodes_from("nodes.csv", test::text_in(test::shipped("items/nodes.csv"))).value;
    REQUIRE(items.size() == all.items.size());
    for (const auto& item : all.items) {
        INFO(item.code);
        const auto same = std::ranges::find(items, item.code, &ports::ItemRow::item_code);
        REQUIRE(same != items.end());
        CHECK(same->name == item.name);
        CHECK(same->task_code == item.task_code);
        CHECK(same->project_type == item.project_type);
        for (const auto& node : item.nodes) {
            INFO(node);
            CHECK(std::ranges::find(nodes, node, &ports::NodeRow::node) != nodes.end());
        }
    }
    // It is written as an export would write it.
    for (const auto part : catalogue_parts)
        CHECK(calendar::table_text(part, all) ==
              test::text_in(test::shipped("catalogue/" + std::string{file_of(part)})));
}

SCENARIO("a row of each table says what it says", "[catalogue]") {
    const auto departments =
        read(CataloguePart::departments, header(CataloguePart::departments) + department).departments;
    REQUIRE(departments.size() == 1);
    CHECK(departments[0].line == 2);
    CHECK(departments[0].content.id == "JY1");
    CHECK_FALSE(departments[0].content.until);

    const auto items = read(CataloguePart::items, header(CataloguePart::items) + item()).items;
    REQUIRE(items.size() == 1);
    const auto& one = items[0].content;
    CHECK(one.line == "政府采购");
    CHECK(one.promise == Promise::within);
    CHECK(one.working_days == 3);
    CHECK(one.norms == std::vector<std::string>{"一站式", "一网通办"});
    CHECK(one.nodes == std::vector<std::string>{"项目登记", "开标"});

    const auto guides = read(CataloguePart::guides, header(CataloguePart::guides) + guide).guides;
    REQUIRE(guides.size() == 1);
    CHECK(guides[0].content.elements == std::vector<std::string>{"一", "二", "三", "四", "五", "六", "七", "八", "九"});
}

SCENARIO("a table of the catalogue in UTF-8, with and without BOM, and in GB18030 reads the same", "[catalogue]") {
    const auto head = header(CataloguePart::departments);
    const std::string gb = "JY1,\xBD\xBB\xD2\xD7,\xB7\xFE\xCE\xF1,12370000999999999K,2026-01-05,,\n";  // 交易, 服务
    const std::string utf8 = "JY1,交易,服务,12370000999999999K,2026-01-05,,\n";
    const auto plain = contents(read(CataloguePart::departments, head + utf8).departments);
    REQUIRE(plain.size() == 1);
    for (const auto& bytes : {"\xEF\xBB\xBF" + head + utf8, head + gb}) {
        const auto files = read(CataloguePart::departments, bytes);
        CHECK(test::told(files.faults) == Told{});
        CHECK(contents(files.departments) == plain);
    }
    CHECK(faults_of(CataloguePart::departments, "\xFF\xFE" + head) == Told{"departments.csv:1  文件是 UTF-16 编码"});
    CHECK(faults_of(CataloguePart::departments, head + "JY1,\xFF\xFF,\xFF") ==
          Told{"departments.csv:2  这一行既不是 UTF-8 也不是 GB18030"});
}

SCENARIO("what is wrong with a table is told at once, with line and column", "[catalogue]") {
    CHECK(faults_of(CataloguePart::departments, header(CataloguePart::departments) +
                                                    "JY1,部,=职责,12370000999999999K,2026/1/5,,\n"
                                                    "JY2,部,职责,123,46027,,\n"
                                                    "JY3,,职责,12370000999999999K,2026-02-30,2026-03-01,\n"
                                                    "JY4,部,职责,12370000999999999K,2026-01-05,2025-01-01,JY1\n"
                                                    "JY4,部,职责,12370000999999999K,2026-01-05,,\n"
                                                    "JY5,部,职责,12370000999999999K,2026-01-05,2026-06-30,\n") ==
          Told{"departments.csv:2 duties 单元格以 = + - @ 开头，是公式",
               "departments.csv:2 since “2026/1/5” 是电子表格改写过的日期",
               "departments.csv:3 province_code 部门代码 “123” 不是 18 位统一社会信用代码",
               "departments.csv:3 since “46027” 是电子表格改写过的日期",
               "departments.csv:4 name 部门名称为空或超过 100 字", "departments.csv:4 since 不是存在的日期",
               "departments.csv:5 until 最后一天 2025-01-01 早于第一天 2026-01-05",
               "departments.csv:6 department_id “JY4” 重复，第 5 行已有",
               "departments.csv:7 successor 撤销的部门没有写继任部门"});
    CHECK(faults_of(CataloguePart::items, header(CataloguePart::items) + item("随时,,,,,") + item("限时,4,3,,,")) ==
          Told{"items.csv:2 promise 没有 “随时” 这种承诺",
               "items.csv:3 working_days 限时办结的事项须写工作小时或工作日，只写其一",
               "items.csv:3 item_code “ZC-01” 重复，第 2 行已有"});
    CHECK(faults_of(CataloguePart::items, header(CataloguePart::items) + item("限时,0,x,一;;二,@开标,2026年1月1日")) ==
          Told{"items.csv:2 nodes 单元格以 = + - @ 开头，是公式", "items.csv:2 working_hours “0” 不是 1 至 999 的整数",
               "items.csv:2 working_days “x” 不是 1 至 999 的整数",
               "items.csv:2 norms 有空的或超过 40 字的规范，或一共超过 1000 字",
               "items.csv:2 until “2026年1月1日” 是电子表格改写过的日期"});
    CHECK(faults_of(CataloguePart::guides, header(CataloguePart::guides) +
                                               "ZC-01,2026-1,2026-01-01,岗,首次,一,二,三,四,,六,七,八,九\n"
                                               "ZC-02,,2026-01-01,岗,首次,一,二,三,四,五,六,七,八,\n") ==
          Told{"guides.csv:2 materials 缺少要素“申请材料”，不能发布", "guides.csv:3 version 版本是空的",
               "guides.csv:3 rating_channels 缺少要素“评价渠道”，不能发布"});
    CHECK(faults_of(CataloguePart::guides, "item_code,version\nZC-01,1\n").size() == 12);
}

SCENARIO("however large a file or a cell is, what is told of it is small", "[catalogue]") {
    const std::string mebibyte(std::size_t{1} << 20, 'x');
    const auto told_of = [](CataloguePart part, const std::string& bytes) {
        const auto files = read(part, bytes);
        std::size_t size = 0;
        for (const auto& fault : files.faults) size += fault.problem.size() + fault.remedy.size();
        CHECK(size < 20'000);
        CHECK_FALSE(files.faults.empty());
        CHECK((files.departments.empty() && files.items.empty() && files.guides.empty()));
        return test::told(files.faults);
    };
    std::vector<std::string> cells(columns_of(CataloguePart::items).size(), mebibyte.substr(0, 400'000));
    CHECK(told_of(CataloguePart::items, header(CataloguePart::items) + joined(cells, ",")).size() > 10);
    CHECK(told_of(CataloguePart::guides, header(CataloguePart::guides) + "ZC-01,1,2026-01-01,岗,首次," + mebibyte +
                                             ",二,三,四,五,六,七,八,九\n") ==
          Told{"guides.csv:2 audience 这一格超过 4000 字"});
    std::string lines = header(CataloguePart::departments);
    for (int i = 0; i < 1'000'000; ++i) lines += "J,\n";
    CHECK(told_of(CataloguePart::departments, lines) ==
          Told{"departments.csv:20001  文件有 1000001 行，最多 20000 行"});
    CHECK(told_of(CataloguePart::departments, std::string(calendar::most_imported_bytes + 1, 'x')) ==
          Told{"departments.csv:0  文件超过 8 MiB"});
    std::string wrong = header(CataloguePart::departments);
    for (int i = 0; i < 5000; ++i) wrong += "J" + std::to_string(i) + ",部,职责,1,x,,\n";
    CHECK(told_of(CataloguePart::departments, wrong).size() == 100);
}

SCENARIO("what is written reads as it was, whatever it is", "[catalogue]") {
    std::mt19937 dice{20260901};
    const auto roll = [&](int sides) { return std::uniform_int_distribution{0, sides - 1}(dice); };
    const auto word = [&] {
        static const std::vector<std::string> bits{"交易", "a", ",", "\"", "；", "🚇", "1.", "《法》", "x=1", "100%"};
        std::string text = "文";
        for (int i = roll(8); i > 0; --i) text += bits[static_cast<std::size_t>(roll(static_cast<int>(bits.size())))];
        return text;
    };
    const auto day = [&] { return Day{std::chrono::days{18000 + roll(4000)}}; };
    for (int round = 0; round < 200; ++round) {
        CatalogueTables all;
        for (int i = roll(4) + 1; i > 0; --i) {
            Department one{"D" + std::to_string(i), word(), word(), "12370000999999999K", day(), {}, {}};
            if (roll(3) == 0) {
                one.until = one.since + std::chrono::days{roll(900)};
                one.successor = "D1";
            }
            all.departments.push_back(one);
        }
        for (int i = roll(4) + 1; i > 0; --i) {
            Item one;
            one.code = "I" + std::to_string(i);
            one.line = word().substr(0, 3);
            one.name = word();
            one.department_id = "D1";
            one.area_code = "370000";
            one.department_code = "12370000999999999K";
            one.department_name = word();
            one.task_code = "370099GGZY123001A1B2C3D4E5F6789";
            one.task_type = "20";
            one.project_type = roll(2) == 0 ? "1" : "2";
            one.promise =
                std::array{Promise::on_the_spot, Promise::once, Promise::within}[static_cast<std::size_t>(roll(3))];
            if (one.promise == Promise::within) (roll(2) == 0 ? one.working_hours : one.working_days) = roll(99) + 1;
            for (int n = roll(3); n > 0; --n) one.norms.push_back(word());
            for (int n = roll(3); n > 0; --n) one.nodes.push_back(word());
            if (roll(3) == 0) one.until = day();
            all.items.push_back(one);
            std::vector<std::string> elements;
            for (std::size_t n = 0; n < guide_elements.size(); ++n) elements.push_back(word());
            all.guides.push_back({one.code, "v" + std::to_string(i), day(), word(), word(), elements});
        }
        ports::CatalogueFiles files;
        for (const auto part : catalogue_parts) calendar::read_part(part, calendar::table_text(part, all), files);
        REQUIRE(test::told(files.faults) == Told{});
        REQUIRE(CatalogueTables{contents(files.departments), contents(files.items), contents(files.guides)} == all);
    }
}
