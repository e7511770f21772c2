#include "adapters/calendar/catalogue_file.hpp"

#include "adapters/calendar/csv_table.hpp"
#include "adapters/calendar/item_cells.hpp"
#include "plugin/domain/utf8.hpp"

#include <array>

namespace hcp::calendar {
namespace {

constexpr std::array<std::string_view, 9> item_columns{
    "item_code",        "name",      "area_code",   "department_code", "department_name", "task_code",
    "task_handle_item", "task_type", "project_type"};
constexpr std::array<std::string_view, 3> node_columns{"node", "service_name", "project_status"};

}  // namespace

Parsed<std::vector<ports::ItemRow>> items_from(std::string_view file, std::string_view text) {
    const auto check = [](const std::vector<std::string>& cells, const auto& fault) {
        check_item_cells(cells, 2, fault);
    };
    return table_from<ports::ItemRow>(file, text, item_columns, check, [](const CsvRow& row) {
        const auto& c = row.cells;
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
    return table_from<ports::NodeRow>(file, text, node_columns, check, [](const CsvRow& row) {
        const auto& c = row.cells;
        return ports::NodeRow{c[0], c[1], c[2]};
    });
}

}  // namespace hcp::calendar
