#pragma once
#include "adapters/calendar/imported_text.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/domain/utf8.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::calendar {

[[nodiscard]] inline bool is_digits(std::string_view text, std::size_t size) {
    return text.size() == size && domain::all_digits(text);
}
[[nodiscard]] inline bool is_code(std::string_view text, std::size_t size) {
    return text.size() == size && std::all_of(text.begin(), text.end(),
                                              [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'); });
}

// item_code, name and, from the column `area` on, what an M1 must say of an item: area_code, department_code,
// department_name, task_code, task_handle_item, task_type, project_type.
template <class Tell>
void check_item_cells(const std::vector<std::string>& cells, std::size_t area, const Tell& fault) {
    const auto is_text = [](std::string_view cell, std::size_t most) {
        return !cell.empty() && domain::characters(cell) <= most;
    };
    const auto said = [&](std::size_t column) { return "“" + cut_cell(cells[column]) + "”"; };
    const auto department = area + 1, department_name = area + 2, task = area + 3, handled = area + 4,
               task_type = area + 5, project_type = area + 6;
    if (!is_text(cells[0], 64)) fault(0, "事项代码为空或超过 64 字", "填写主机上报所用的事项代码");
    if (!is_text(cells[1], 200)) fault(1, "事项名称为空或超过 200 字", "填写事项名称");
    if (!is_digits(cells[area], 12) && !is_digits(cells[area], 6))
        fault(area, "区划代码 " + said(area) + " 不是 12 位或 6 位数字", "如 370000000000");
    if (!is_code(cells[department], 18))
        fault(department, "部门代码 " + said(department) + " 不是 18 位统一社会信用代码", "填写 18 位数字与大写字母");
    if (!is_text(cells[department_name], 100))
        fault(department_name, "受理部门名称为空或超过 100 字", "填写受理部门名称");
    if (!is_code(cells[task], 31)) fault(task, "实施编码 " + said(task) + " 不是 31 位", "填写事项的 31 位实施编码");
    if (cells[task].find("00000000") != std::string::npos)
        fault(task, "实施编码含 00000000，是自建事项，省平台不接收", "填写省级事项库中的实施编码");
    if (!cells[handled].empty() && !is_code(cells[handled], 33))
        fault(handled, "业务办理项编码 " + said(handled) + " 不是 33 位", "填写 33 位编码，没有则留空");
    if (!is_digits(cells[task_type], 2))
        fault(task_type, "事项类型 " + said(task_type) + " 不是两位数字", "如 20（公共服务）");
    if (cells[project_type] != "1" && cells[project_type] != "2")
        fault(project_type, "办件类型 " + said(project_type) + " 不是 1 或 2", "1 即办件，2 承诺件");
}

}  // namespace hcp::calendar
