#pragma once
#include "plugin/domain/day_text.hpp"
#include "plugin/ports/ini_entry.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What every table that people bring has in common, beside what csv.hpp asks of it.
namespace hcp::calendar {

// More of a file is not looked at, so that memory is bounded whatever it is.
inline constexpr std::size_t most_imported_bytes = std::size_t{8} << 20;
inline constexpr std::size_t most_imported_lines = 20'000;

// In UTF-8, or the one fault for which nothing of it is read: too large, too many lines, or an encoding that is neither
// UTF-8 (with or without BOM) nor GB18030. `what`: 名册; `remedy`: what to do about one that is too large.
[[nodiscard]] std::string imported_text(std::string_view file, std::string_view bytes, std::string_view what,
                                        std::string_view remedy, std::optional<ports::Fault>& otherwise);

// Of a cell that may be of any length.
[[nodiscard]] std::string cut_cell(std::string_view cell);

// 2026/1/5, 46023, 2026年1月5日
[[nodiscard]] bool is_day_of_a_spreadsheet(std::string_view cell);

template <class Tell>
void check_day(std::size_t column, const std::string& cell, const Tell& fault) {
    if (domain::day_from(cell)) return;
    if (is_day_of_a_spreadsheet(cell))
        return fault(column, "“" + cell + "” 是电子表格改写过的日期",
                     "写作 2026-01-05：先把整列的格式设为文本，再填回原来的日期");
    fault(column, "不是存在的日期", "写作 2026-01-05");
}

// Where a cell that begins so is opened in a spreadsheet, it is worked out.
template <class Tell>
void check_formulas(const std::vector<std::string>& cells, const Tell& fault) {
    for (std::size_t column = 0; column < cells.size(); ++column)
        if (!cells[column].empty() && std::string_view{"=+-@"}.find(cells[column].front()) != std::string_view::npos)
            fault(column, "单元格以 = + - @ 开头，是公式", "填写公式的结果，或删去开头的符号");
}

}  // namespace hcp::calendar
