#pragma once
#include "adapters/calendar/csv.hpp"
#include "adapters/calendar/faults.hpp"
#include "adapters/calendar/imported_text.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hcp::calendar {

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
                      "“" + cut_cell(row.cells[0]) + "” 重复，第 " + std::to_string(seen->second) + " 行已有",
                      "一个代码只写一行");
        if (sound && fresh) parsed.value.push_back(make(row));
    }
    parsed.faults = std::move(table.faults);
    for (auto& fault : faults.take()) parsed.faults.push_back(std::move(fault));
    std::stable_sort(parsed.faults.begin(), parsed.faults.end(),
                     [](const auto& a, const auto& b) { return a.line < b.line; });
    return parsed;
}

}  // namespace hcp::calendar
