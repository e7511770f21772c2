#pragma once
#include "adapters/calendar/parsed.hpp"
#include "plugin/ports/store/catalogue.hpp"

#include <string_view>
#include <vector>

namespace hcp::calendar {

// items.csv:
// item_code,name,area_code,department_code,department_name,task_code,task_handle_item,task_type,project_type; one row
// per item, with what an M1 must say of it. task_handle_item may be empty; a task_code with 00000000 (自建事项) is
// refused here, since the province refuses it later.
[[nodiscard]] Parsed<std::vector<ports::ItemRow>> items_from(std::string_view file, std::string_view text);

// nodes.csv: node,service_name,project_status; how a step is called at the province. The status is 1 待受理, 2 已受理
// or 3 已办结.
[[nodiscard]] Parsed<std::vector<ports::NodeRow>> nodes_from(std::string_view file, std::string_view text);

}  // namespace hcp::calendar
