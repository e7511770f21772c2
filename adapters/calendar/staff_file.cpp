#include "adapters/calendar/staff_file.hpp"

#include "adapters/calendar/csv_table.hpp"
#include "adapters/calendar/imported_text.hpp"
#include "plugin/domain/day_text.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/domain/utf8.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>
#include <utility>

namespace hcp::calendar {
namespace {

using ports::RosterLine;

enum Column : std::size_t { staff_id, name, department_id, windows, since, until };
constexpr std::array<std::string_view, 6> staff_columns{"staff_id", "name",  "department_id",
                                                        "windows",  "since", "until"};

constexpr std::size_t longest_code = 64, longest_name = 50, longest_window = 40, longest_windows = 1000;

template <class Tell>
void check(const std::vector<std::string>& cells, const Tell& fault) {
    check_formulas(cells, fault);
    const auto is_code = [](std::string_view cell) {
        return !cell.empty() && domain::characters(cell) <= longest_code;
    };
    if (!is_code(cells[staff_id])) fault(staff_id, "工号为空或超过 64 字", "填写主机上报所用的工号");
    if (cells[name].empty() || domain::characters(cells[name]) > longest_name)
        fault(name, "姓名为空或超过 50 字", "填写姓名");
    if (!is_code(cells[department_id])) fault(department_id, "部门为空或超过 64 字", "填写主机上报所用的部门编号");
    const auto each = domain::split(cells[windows], ';');
    const bool sound = std::ranges::all_of(
        each, [](std::string_view one) { return !one.empty() && domain::characters(one) <= longest_window; });
    if (!sound || domain::characters(cells[windows]) > longest_windows)
        fault(windows, "有空的或超过 40 字的窗口，或一共超过 1000 字", "窗口之间用一个半角分号隔开，没有窗口的留空");
    check_day(since, cells[since], fault);
    if (!cells[until].empty()) check_day(until, cells[until], fault);
    const auto from = domain::day_from(cells[since]), to = domain::day_from(cells[until]);
    if (from && to && *to < *from)
        fault(until, "最后一天 " + cells[until] + " 早于第一天 " + cells[since], "核对两个日期");
}

RosterLine made(const CsvRow& row) {
    const auto& cells = row.cells;
    RosterLine line{row.line, cells[staff_id], cells[name], {}};
    line.post.department_id = cells[department_id];
    line.post.windows = domain::split(cells[windows], ';');
    line.post.since = domain::start_of(*domain::day_from(cells[since]));
    if (const auto last = domain::day_from(cells[until]))
        line.post.until = domain::start_of(*last + std::chrono::days{1});
    return line;
}

}  // namespace

ports::RosterFile roster_from(std::string_view file, std::string_view bytes) {
    std::optional<ports::Fault> refused;
    const auto text = imported_text(file, bytes, "名册", "名册一人一行，离开多年的人可以删去", refused);
    if (refused) return {{}, {*std::move(refused)}};
    auto parsed = table_from<RosterLine>(
        file, text, staff_columns, [](const auto& cells, const auto& fault) { check(cells, fault); }, made);
    return {std::move(parsed.value), std::move(parsed.faults)};
}

}  // namespace hcp::calendar
