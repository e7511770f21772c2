#include "plugin/domain/catalogue.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace hcp::domain;

namespace {

constexpr Day day(int year, unsigned month, unsigned number) {
    return std::chrono::local_days{std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(number)};
}
constexpr Day today = day(2026, 9, 1);

Department department(std::string id) {
    return {std::move(id), "交易一部", "政府采购", "12370000999999999K", day(2020, 1, 1), {}, {}};
}
Item item(std::string code, std::string node = "项目登记") {
    Item one;
    one.code = std::move(code);
    one.line = "政府采购";
    one.name = "项目登记";
    one.department_id = "JY1";
    one.nodes = {std::move(node)};
    return one;
}
Guide guide(std::string code) {
    return {std::move(code), "2026-1",   day(2026, 1, 1),
            "综合岗",        "首次发布", std::vector<std::string>(guide_elements.size(), "有")};
}
CatalogueTables sound() {
    return {{department("JY1"), department("JY2")},
            {item("ZC-01"), item("ZC-02", "开标")},
            {guide("ZC-01"), guide("ZC-02")}};
}

std::vector<std::string> told(const std::vector<CatalogueFault>& faults) {
    std::vector<std::string> lines;
    for (const auto& fault : faults) {
        lines.push_back(std::string{file_of(fault.part)} + " " + fault.code + " " + std::string{fault.column});
        CHECK_FALSE(fault.problem.empty());
        CHECK_FALSE(fault.remedy.empty());
    }
    return lines;
}
using Lines = std::vector<std::string>;

}  // namespace

SCENARIO("a sound catalogue has no fault", "[catalogue]") {
    CHECK(told(faults_in(sound(), today)) == Lines{});
}

SCENARIO("an item is not published while an element of its guide is empty (M4.1)", "[catalogue]") {
    const auto columns = columns_of(CataloguePart::guides);
    for (std::size_t i = 0; i < guide_elements.size(); ++i) {
        auto all = sound();
        all.guides[0].elements[i].clear();
        CHECK(told(faults_in(all, today)) == Lines{"guides.csv ZC-01 " + std::string{columns[5 + i]}});
        CHECK(faults_in(all, today)[0].problem.find(guide_elements[i]) != std::string::npos);
    }
    auto all = sound();
    all.guides[0].elements.clear();
    CHECK(faults_in(all, today).size() == guide_elements.size());
    all = sound();
    all.guides.pop_back();
    CHECK(told(faults_in(all, today)) == Lines{"items.csv ZC-02 item_code"});
    all = sound();
    all.guides[1].version = all.guides[1].owner = all.guides[1].changelog = "";
    CHECK(told(faults_in(all, today)) ==
          Lines{"guides.csv ZC-02 version", "guides.csv ZC-02 owner", "guides.csv ZC-02 changelog"});
}

SCENARIO("a code is there once, and an item has one guide (M4.2)", "[catalogue]") {
    auto all = sound();
    all.departments.push_back(department("JY2"));
    all.items.push_back(item("ZC-01"));
    all.guides.push_back(guide("ZC-02"));
    CHECK(told(faults_in(all, today)) ==
          Lines{"departments.csv JY2 department_id", "items.csv ZC-01 item_code", "guides.csv ZC-02 item_code"});
}

SCENARIO("what is named is there", "[catalogue]") {
    auto all = sound();
    all.items[0].department_id = "JY9";
    all.guides.push_back(guide("ZC-09"));
    CHECK(told(faults_in(all, today)) == Lines{"items.csv ZC-01 department_id", "guides.csv ZC-09 item_code"});
}

SCENARIO("an abolished department has a successor that goes on, and no items any more", "[catalogue]") {
    auto all = sound();
    auto& gone = all.departments[0];
    gone.until = day(2026, 8, 31);
    CHECK(told(faults_in(all, today)) ==
          Lines{"departments.csv JY1 successor", "items.csv ZC-01 department_id", "items.csv ZC-02 department_id"});
    CHECK(faults_in(all, day(2026, 8, 31)).size() == 1);  // it still is that day
    for (auto& one : all.items) one.department_id = "JY2";
    gone.successor = "JY9";
    CHECK(told(faults_in(all, today)) == Lines{"departments.csv JY1 successor"});
    gone.successor = "JY1";
    CHECK(told(faults_in(all, today)) == Lines{"departments.csv JY1 successor"});
    gone.successor = "JY2";
    CHECK(told(faults_in(all, today)) == Lines{});
    gone.until = day(2019, 12, 31);
    CHECK(told(faults_in(all, today)) == Lines{"departments.csv JY1 until"});
    gone.until.reset();
    CHECK(told(faults_in(all, today)) == Lines{"departments.csv JY1 successor"});
}

SCENARIO("a promise of a time says which, and no other does", "[catalogue]") {
    auto all = sound();
    auto& one = all.items[0];
    one.promise = Promise::within;
    CHECK(told(faults_in(all, today)) == Lines{"items.csv ZC-01 working_days"});
    one.working_days = 3;
    CHECK(told(faults_in(all, today)) == Lines{});
    one.working_hours = 4;
    CHECK(told(faults_in(all, today)) == Lines{"items.csv ZC-01 working_days"});
    one.promise = Promise::once;
    CHECK(told(faults_in(all, today)) == Lines{"items.csv ZC-01 working_hours"});
    for (const auto promise : {Promise::on_the_spot, Promise::once, Promise::within})
        CHECK(promise_from(text_of(promise)) == promise);
    CHECK_FALSE(promise_from("随时"));
}

SCENARIO("a step of a line is one item, unless the other is abolished (E18)", "[catalogue]") {
    auto all = sound();
    all.items[1].nodes = {"项目登记"};
    CHECK(told(faults_in(all, today)) == Lines{"items.csv ZC-02 nodes"});
    all.items[1].line = "工程建设";
    CHECK(told(faults_in(all, today)) == Lines{});
    all.items[1].line = "政府采购";
    all.items[1].until = day(2026, 8, 31);
    all.guides.pop_back();  // nor does it need a guide any more
    CHECK(told(faults_in(all, today)) == Lines{});
    CHECK(faults_in(all, day(2026, 8, 31)).size() == 2);
}

SCENARIO("faults have a bound", "[catalogue]") {
    CatalogueTables all;
    for (int i = 0; i < 500; ++i) all.guides.push_back(guide("X" + std::to_string(i)));
    CHECK(faults_in(all, today).size() == 100);
}

SCENARIO("a guide follows another under a version of its own, and not before its day (M4.3)", "[catalogue]") {
    const auto first = guide("ZC-01");
    auto next = first;
    CHECK(told(faults_in_succession(first, nullptr, today)) == Lines{});
    CHECK(told(faults_in_succession(first, &first, today)) == Lines{});
    next.elements[4] = "营业执照";
    CHECK(told(faults_in_succession(next, &first, today)) == Lines{"guides.csv ZC-01 version"});
    next.version = "2026-2";
    next.effective = today + std::chrono::days{1};
    CHECK(told(faults_in_succession(next, &first, today)) == Lines{"guides.csv ZC-01 effective"});
    CHECK(told(faults_in_succession(next, &first, next.effective)) == Lines{});
}

SCENARIO("every part has a cell for each column, the code first", "[catalogue]") {
    auto one = item("ZC-01");
    one.promise = Promise::within;
    one.working_days = 3;
    one.norms = {"一站式", "一网通办"};
    one.until = today;
    auto gone = department("JY1");
    gone.until = today;
    CHECK(cells_of(gone).size() == columns_of(CataloguePart::departments).size());
    CHECK(cells_of(one).size() == columns_of(CataloguePart::items).size());
    CHECK(cells_of(guide("ZC-01")).size() == columns_of(CataloguePart::guides).size());
    CHECK(cells_of(Guide{}).size() == columns_of(CataloguePart::guides).size());
    CHECK(cells_of(gone)[0] == "JY1");
    CHECK(cells_of(gone)[5] == "2026-09-01");
    const auto cells = cells_of(one);
    CHECK(std::vector(cells.begin() + 11, cells.end()) ==
          Lines{"限时", "", "3", "一站式;一网通办", "项目登记", "2026-09-01"});
}
