#include "adapters/calendar/catalogue_tables.hpp"

#include "adapters/calendar/csv_table.hpp"
#include "adapters/calendar/imported_text.hpp"
#include "adapters/calendar/item_cells.hpp"
#include "plugin/domain/day_text.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/domain/utf8.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>

namespace hcp::calendar {
namespace {

using domain::CataloguePart, domain::Department, domain::Guide, domain::Item;
using Cells = std::vector<std::string>;

constexpr std::size_t longest_code = 64, longest_text = 1000, longest_element = 4000, longest_part = 40;

std::string over(std::string_view what, std::size_t most) {
    return std::string{what} + "为空或超过 " + std::to_string(most) + " 字";
}
bool is_text(std::string_view cell, std::size_t most) {
    return !cell.empty() && domain::characters(cell) <= most;
}

template <class Tell>
void check_list(const Cells& cells, std::size_t column, std::string_view what, const Tell& fault) {
    const auto each = domain::split(cells[column], ';');
    const bool sound = std::ranges::all_of(each, [](std::string_view one) { return is_text(one, longest_part); });
    if (!sound || domain::characters(cells[column]) > longest_text)
        fault(column, "有空的或超过 40 字的" + std::string{what} + "，或一共超过 1000 字",
              "之间用一个半角分号隔开，没有的留空");
}

template <class Tell>
void check_number(const Cells& cells, std::size_t column, const Tell& fault) {
    const auto number = domain::whole_number<std::int32_t>(cells[column]);
    if (!cells[column].empty() && (!number || *number < 1 || *number > 999))
        fault(column, "“" + cut_cell(cells[column]) + "” 不是 1 至 999 的整数", "写时限的数，没有的留空");
}

std::int32_t number_in(const std::string& cell) {
    return domain::whole_number<std::int32_t>(cell).value_or(0);
}

// What a cell must be for a row to be made of it.
template <class Tell>
void check_form(std::type_identity<Department>, const Cells& cells, const Tell& fault) {
    if (!is_text(cells[0], longest_code)) fault(0, over("部门编号", longest_code), "填写主机上报所用的部门编号");
    if (!is_text(cells[1], 100)) fault(1, over("部门名称", 100), "填写部门名称");
    if (!is_text(cells[2], longest_text)) fault(2, over("职责", longest_text), "用一两句话写明职责");
    if (!is_code(cells[3], 18))
        fault(3, "部门代码 “" + cut_cell(cells[3]) + "” 不是 18 位统一社会信用代码", "填写 18 位数字与大写字母");
    check_day(4, cells[4], fault);
    if (!cells[5].empty()) check_day(5, cells[5], fault);
    if (domain::characters(cells[6]) > longest_code) fault(6, "继任部门超过 64 字", "写目录中部门的编号");
}

template <class Tell>
void check_form(std::type_identity<Item>, const Cells& cells, const Tell& fault) {
    check_item_cells(cells, 4, fault);
    if (!is_text(cells[2], longest_part)) fault(2, over("业务类别", longest_part), "如 政府采购");
    if (!is_text(cells[3], longest_code)) fault(3, over("部门", longest_code), "写 departments.csv 中的部门编号");
    if (!domain::promise_from(cells[11]))
        fault(11, "没有 “" + cut_cell(cells[11]) + "” 这种承诺", "写其中之一：当场、一次、限时");
    check_number(cells, 12, fault);
    check_number(cells, 13, fault);
    check_list(cells, 14, "规范", fault);
    check_list(cells, 15, "环节", fault);
    if (!cells[16].empty()) check_day(16, cells[16], fault);
}

// What is empty the rules tell of.
template <class Tell>
void check_form(std::type_identity<Guide>, const Cells& cells, const Tell& fault) {
    if (!is_text(cells[0], longest_code)) fault(0, over("事项代码", longest_code), "写 items.csv 中的事项代码");
    if (domain::characters(cells[1]) > 40) fault(1, "版本超过 40 字", "如 2026-1");
    check_day(2, cells[2], fault);
    if (domain::characters(cells[3]) > 100) fault(3, "责任岗位超过 100 字", "写岗位，不写个人");
    if (domain::characters(cells[4]) > longest_text) fault(4, "修订说明超过 1000 字", "只写这一版改了什么");
    for (std::size_t column = 5; column < cells.size(); ++column)
        if (domain::characters(cells[column]) > longest_element)
            fault(column, "这一格超过 4000 字", "写要点，细节放在附件的网址里");
}

Department made(std::type_identity<Department>, const Cells& c) {
    return {c[0], c[1], c[2], c[3], *domain::day_from(c[4]), domain::day_from(c[5]), c[6]};
}
Item made(std::type_identity<Item>, const Cells& c) {
    Item item;
    item.code = c[0];
    item.name = c[1];
    item.line = c[2];
    item.department_id = c[3];
    item.area_code = c[4];
    item.department_code = c[5];
    item.department_name = c[6];
    item.task_code = c[7];
    item.task_handle_item = c[8];
    item.task_type = c[9];
    item.project_type = c[10];
    item.promise = *domain::promise_from(c[11]);
    item.working_hours = number_in(c[12]);
    item.working_days = number_in(c[13]);
    item.norms = domain::split(c[14], ';');
    item.nodes = domain::split(c[15], ';');
    item.until = domain::day_from(c[16]);
    return item;
}
Guide made(std::type_identity<Guide>, const Cells& c) {
    return {c[0], c[1], *domain::day_from(c[2]), c[3], c[4], {c.begin() + 5, c.end()}};
}

template <class Content>
void read(std::string_view text, std::vector<ports::FileLine<Content>>& lines, ports::CatalogueFiles& files) {
    constexpr std::type_identity<Content> kind;
    const auto columns = domain::columns_of(domain::part_of<Content>);
    const auto check = [&](const Cells& cells, const auto& fault) {
        bool sound = true;
        const auto told = [&](std::size_t column, std::string problem, std::string remedy) {
            fault(column, std::move(problem), std::move(remedy));
            sound = false;
        };
        check_formulas(cells, told);
        check_form(kind, cells, told);
        if (!sound) return;
        for (auto& one : domain::faults_of(made(kind, cells)))
            fault(static_cast<std::size_t>(std::ranges::find(columns, one.column) - columns.begin()),
                  std::move(one.problem), std::move(one.remedy));
    };
    auto table = table_from<ports::FileLine<Content>>(
        domain::file_of(domain::part_of<Content>), text, columns, check, [&](const CsvRow& row) {
            return ports::FileLine<Content>{row.line, made(kind, row.cells)};
        });
    lines = std::move(table.value);
    for (auto& fault : table.faults) files.faults.push_back(std::move(fault));
}

}  // namespace

void read_part(CataloguePart part, std::string_view bytes, ports::CatalogueFiles& files) {
    std::optional<ports::Fault> refused;
    const auto text =
        imported_text(domain::file_of(part), bytes, domain::text_of(part), "一个代码一行，旧的版本由系统保存", refused);
    if (refused) {
        files.faults.push_back(*std::move(refused));
        return;
    }
    switch (part) {
        case CataloguePart::departments:
            return read(text, files.departments, files);
        case CataloguePart::items:
            return read(text, files.items, files);
        case CataloguePart::guides:
            return read(text, files.guides, files);
    }
}

std::string table_text(CataloguePart part, const domain::CatalogueTables& catalogue) {
    const auto columns = domain::columns_of(part);
    const std::vector<std::string> header{columns.begin(), columns.end()};
    auto text = csv_line(header);
    const auto add = [&](const auto& rows) {
        for (const auto& row : rows) text += csv_line(domain::cells_of(row));
    };
    if (part == CataloguePart::departments) add(catalogue.departments);
    if (part == CataloguePart::items) add(catalogue.items);
    if (part == CataloguePart::guides) add(catalogue.guides);
    return text;
}

}  // namespace hcp::calendar
