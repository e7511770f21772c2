#include "adapters/calendar/catalogue_file.hpp"

#include "adapters/calendar/csv.hpp"
#include "adapters/calendar/faults.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/domain/utf8.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace hcp::calendar {
namespace {

constexpr std::array<std::string_view, 9> item_columns{
    "item_code",        "name",      "area_code",   "department_code", "department_name", "task_code",
    "task_handle_item", "task_type", "project_type"};
constexpr std::array<std::string_view, 3> node_columns{"node", "service_name", "project_status"};

bool is_digits(std::string_view text, std::size_t size) {
    return text.size() == size && domain::all_digits(text);
}

bool is_code(std::string_view text, std::size_t size) {
    return text.size() == size && std::all_of(text.begin(), text.end(),
                                              [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
}

// Reads a table row by row; a row whose `check` finds a fault is left out, and so is a second row with the same first
// cell.
template <class Row, class Columns, class Check, class Make>
Parsed<std::vector<Row>> table_from(std::string_view file, std::string_view text, const Columns& columns, Check check,
                                    Make make) {
    auto table = read_csv(file, text, columns);
    Faults faults{file};
    Parsed<std::vector<Row>> parsed;
    std::map<std::string, int> lines;
    for (const auto& row : table.value) {
        bool sound = true;
        check(row.cells, [&](std::size_t column, std::string problem, std::string remedy) {
            faults.at(row.line, {}, std::string{columns[column]}, std::move(problem), std::move(remedy));
            sound = false;
        });
        const auto [seen, fresh] = lines.try_emplace(row.cells[0], row.line);
        if (!fresh)
            faults.at(row.line, {}, std::string{columns[0]},
                      "“" + row.cells[0] + "” 重复，第 " + std::to_string(seen->second) + " 行已有",
                      "一个代码只写一行");
        if (sound && fresh) parsed.value.push_back(make(row.cells));
    }
    parsed.faults = std::move(table.faults);
    for (auto& fault : faults.take()) parsed.faults.push_back(std::move(fault));
    std::stable_sort(parsed.faults.begin(), parsed.faults.end(),
                     [](const auto& a, const auto& b) { return a.line < b.line; });
    return parsed;
}

}  // namespace

Parsed<std::vector<ports::ItemRow>> items_from(std::string_view file, std::string_view text) {
    const auto check = [](const std::vector<std::string>& cells, const auto& fault) {
        if (cells[0].empty() || domain::characters(cells[0]) > 64)
            fault(0, "事项代码为空或超过 64 字", "填写主机上报所用的事项代码");
        if (cells[1].empty() || domain::characters(cells[1]) > 200)
            fault(1, "事项名称为空或超过 200 字", "填写事项名称");
        if (!is_digits(cells[2], 12) && !is_digits(cells[2], 6))
            fault(2, "区划代码 “" + cells[2] + "” 不是 12 位或 6 位数字", "如 370000000000");
        if (!is_code(cells[3], 18))
            fault(3, "部门代码 “" + cells[3] + "” 不是 18 位统一社会信用代码", "填写 18 位数字与大写字母");
        if (cells[4].empty() || domain::characters(cells[4]) > 100)
            fault(4, "受理部门名称为空或超过 100 字", "填写受理部门名称");
        if (!is_code(cells[5], 31)) fault(5, "实施编码 “" + cells[5] + "” 不是 31 位", "填写事项的 31 位实施编码");
        if (cells[5].find("00000000") != std::string::npos)
            fault(5, "实施编码含 00000000，是自建事项，省平台不接收", "填写省级事项库中的实施编码");
        if (!cells[6].empty() && !is_code(cells[6], 33))
            fault(6, "业务办理项编码 “" + cells[6] + "” 不是 33 位", "填写 33 位编码，没有则留空");
        if (!is_digits(cells[7], 2)) fault(7, "事项类型 “" + cells[7] + "” 不是两位数字", "如 20（公共服务）");
        if (cells[8] != "1" && cells[8] != "2")
            fault(8, "办件类型 “" + cells[8] + "” 不是 1 或 2", "1 即办件，2 承诺件");
    };
    return table_from<ports::ItemRow>(file, text, item_columns, check, [](const std::vector<std::string>& c) {
        return ports::ItemRow{c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7], c[8], true};
    });
}

Parsed<std::vector<ports::NodeRow>> nodes_from(std::string_view file, std::string_view text) {
    const auto check = [](const std::vector<std::string>& cells, const auto& fault) {
        if (cells[0].empty() || domain::characters(cells[0]) > 40)
            fault(0, "环节名称为空或超过 40 字", "填写主机上报所用的环节名称");
        if (cells[1].empty() || domain::characters(cells[1]) > 100)
            fault(1, "服务名称为空或超过 100 字", "填写该环节在省平台的服务名称");
        if (cells[2] != "1" && cells[2] != "2" && cells[2] != "3")
            fault(2, "办件状态 “" + cells[2] + "” 不存在", "1 待受理，2 已受理，3 已办结");
    };
    return table_from<ports::NodeRow>(file, text, node_columns, check, [](const std::vector<std::string>& c) {
        return ports::NodeRow{c[0], c[1], c[2]};
    });
}

}  // namespace hcp::calendar
