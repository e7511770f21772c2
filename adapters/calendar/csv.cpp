#include "adapters/calendar/csv.hpp"

#include "adapters/calendar/faults.hpp"
#include "adapters/calendar/imported_text.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/domain/unseen.hpp"
#include "plugin/domain/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

namespace hcp::calendar {
namespace {

// Cuts the text into rows of cells; knows nothing of columns.
class Cutter {
public:
    Cutter(std::string_view text, Faults& faults) : rest_{text}, faults_{faults} {}

    // The next row that is not empty and has no fault of its own.
    std::optional<CsvRow> next() {
        while (!rest_.empty()) {
            CsvRow row{line_, {}};
            const bool sound = cut(row);
            const bool blank = row.cells.size() == 1 && row.cells.front().empty();
            if (sound && !blank) return row;
        }
        return std::nullopt;
    }

private:
    bool cut(CsvRow& row) {
        for (;;) {
            std::string cell;
            const bool sound =
                domain::trimmed_front(rest_, domain::line_blanks).starts_with('"') ? quoted(cell) : plain(cell);
            if (!sound) {
                skip_line();
                return false;
            }
            row.cells.push_back(std::move(cell));
            if (rest_.starts_with(',')) {
                rest_.remove_prefix(1);
                continue;
            }
            skip_line();
            return true;
        }
    }

    bool plain(std::string& cell) {
        const auto raw = rest_.substr(0, std::min(rest_.find_first_of(",\n"), rest_.size()));
        rest_.remove_prefix(raw.size());
        const auto text = domain::trimmed_wide(raw);
        if (text.find('"') != text.npos)
            return fault(line_, "引号出现在单元格中间", "整个单元格用双引号括起来，里面的引号写两遍");
        if (!domain::is_utf8(text)) return fault(line_, "这一行不是 UTF-8", "另存为 “CSV UTF-8” 格式");
        cell = text;
        return true;
    }

    bool quoted(std::string& cell) {
        const int opened = line_;
        rest_.remove_prefix(rest_.find('"') + 1);
        for (;;) {
            const auto quote = rest_.find('"');
            const auto piece = rest_.substr(0, quote);
            line_ += static_cast<int>(std::count(piece.begin(), piece.end(), '\n'));
            cell += piece;
            if (quote == rest_.npos) {
                rest_ = {};
                return fault(opened, "双引号没有配对", "在单元格结尾补上双引号");
            }
            rest_.remove_prefix(quote + 1);
            if (!rest_.starts_with('"')) break;
            cell += '"';
            rest_.remove_prefix(1);
        }
        rest_ = domain::trimmed_front(rest_, " \t\r");
        if (!rest_.empty() && rest_.front() != ',' && rest_.front() != '\n')
            return fault(opened, "结尾的双引号后面还有文字", "双引号后面只能是逗号或换行");
        if (!domain::is_utf8(cell)) return fault(opened, "这一行不是 UTF-8", "另存为 “CSV UTF-8” 格式");
        return true;
    }

    bool fault(int line, std::string problem, std::string remedy) {
        faults_.at(line, {}, {}, std::move(problem), std::move(remedy));
        return false;
    }

    void skip_line() {
        const auto end = rest_.find('\n');
        if (end != rest_.npos) ++line_;
        rest_.remove_prefix(end == rest_.npos ? rest_.size() : end + 1);
    }

    std::string_view rest_;
    Faults& faults_;
    int line_ = 1;
};

// "May-20", "20-May", "1-May-20".
bool is_date_of_a_spreadsheet(std::string_view cell) {
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::size_t named = 0, numbers = 0;
    const auto parts = domain::split(cell, '-');
    for (const auto& part : parts) {
        named += std::find(months.begin(), months.end(), part) != months.end() ? 1 : 0;
        numbers += domain::all_digits(part) && part.size() <= 4 ? 1 : 0;
    }
    return named == 1 && numbers > 0 && named + numbers == parts.size();
}

// "3.7E+11".
bool is_number_of_a_spreadsheet(std::string_view cell) {
    const auto [digits, power] = domain::parted(cell, "E+");
    const auto [whole, fraction] = domain::parted(digits, ".");
    return domain::all_digits(power) && domain::all_digits(whole) &&
           (fraction.empty() ? digits == whole : domain::all_digits(fraction));
}

// "#NAME?", "#REF!", "########".
bool is_failure_of_a_spreadsheet(std::string_view cell) {
    return cell.starts_with('#') && (cell.ends_with('!') || cell.ends_with('?') || cell == "#N/A" ||
                                     (cell.size() > 1 && cell.find_first_not_of('#') == cell.npos));
}

struct Wrong {
    std::string problem, remedy;
};

// Nothing when the cell says what it shows.
std::optional<Wrong> wrong_in(const std::string& cell) {
    if (cell.find_first_of("\r\n") != cell.npos)
        return Wrong{"单元格中有换行，省平台和页面上的文字会与此不同", "写成一行"};
    if (std::any_of(cell.begin(), cell.end(), domain::is_control))
        return Wrong{"单元格中有制表符或控制字符", "删去它，或重新手工键入这一格"};
    if (const auto unseen = domain::first_unseen(cell))
        return Wrong{"单元格中有看不见的字符 " + domain::code_point_text(*unseen),
                     "重新手工键入这一格（常见原因：从网页或文档复制）"};
    if (domain::trimmed_wide(cell) != cell) return Wrong{"单元格首尾有空白", "删去双引号内首尾的空白"};
    if (is_date_of_a_spreadsheet(cell) || is_number_of_a_spreadsheet(cell) || is_failure_of_a_spreadsheet(cell))
        return Wrong{"“" + cut_cell(cell) + "” 是电子表格改写过的内容",
                     "先把整列的格式设为文本，再填回原来的内容；或用文本编辑器修改"};
    return std::nullopt;
}

// Where in a row of the file each column asked for stands; nothing unless the header is exactly right.
std::optional<std::vector<std::size_t>> places(const CsvRow& header, std::span<const std::string_view> columns,
                                               Faults& faults) {
    std::vector<std::size_t> result;
    bool sound = true;
    const auto complain = [&](std::string_view column, std::string problem, std::string remedy) {
        faults.at(header.line, {}, std::string{column}, std::move(problem), std::move(remedy));
        sound = false;
    };
    const auto& names = header.cells;
    for (const auto column : columns) {
        const auto it = std::find(names.begin(), names.end(), column);
        if (it == names.end()) {
            complain(column, "缺少这一列", "第一行应为 " + domain::joined(columns, ","));
        } else if (std::find(it + 1, names.end(), column) != names.end()) {
            complain(column, "这一列出现了两次", "只保留一列");
        } else {
            result.push_back(static_cast<std::size_t>(it - names.begin()));
        }
    }
    for (const auto& name : names)
        if (std::find(columns.begin(), columns.end(), name) == columns.end())
            complain(cut_cell(name), "没有这样的列", "可用的列：" + domain::joined(columns, "、"));
    if (!sound) return std::nullopt;
    return result;
}

}  // namespace

Parsed<std::vector<CsvRow>> read_csv(std::string_view file, std::string_view text,
                                     std::span<const std::string_view> columns) {
    Faults faults{file};
    std::vector<CsvRow> rows;
    const auto foreign = [&](std::size_t at, std::string problem) -> Parsed<std::vector<CsvRow>> {
        const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
        faults.at(static_cast<int>(line), {}, {}, std::move(problem), "另存为 “CSV UTF-8” 格式，或检查文件是否损坏");
        return {std::move(rows), faults.take()};
    };
    if (domain::has_utf16_mark(text)) return foreign(0, "文件是 UTF-16 编码");
    if (const auto nul = text.find('\0'); nul != text.npos) return foreign(nul, "文件含有 NUL 字节");
    Cutter cutter{domain::without_mark(text), faults};

    const auto header = cutter.next();
    if (!header) {
        faults.at(1, {}, {}, "缺少表头", "第一行应为 " + domain::joined(columns, ","));
        return {std::move(rows), faults.take()};
    }
    const auto place = places(*header, columns, faults);
    while (place) {
        auto row = cutter.next();
        if (!row) break;
        if (row->cells.size() != header->cells.size()) {
            faults.at(row->line, {}, {},
                      "这一行有 " + std::to_string(row->cells.size()) + " 个单元格，表头有 " +
                          std::to_string(header->cells.size()) + " 个",
                      "补足或删去逗号；内容里有逗号时用双引号括起来");
            continue;
        }
        CsvRow ordered{row->line, {}};
        bool sound = true;
        for (std::size_t column = 0; column < place->size(); ++column) {
            auto& cell = row->cells[(*place)[column]];
            if (auto wrong = wrong_in(cell)) {
                faults.at(row->line, {}, std::string{columns[column]}, std::move(wrong->problem),
                          std::move(wrong->remedy));
                sound = false;
            }
            ordered.cells.push_back(std::move(cell));
        }
        if (sound) rows.push_back(std::move(ordered));
    }
    if (rows.empty() && faults.none())
        faults.at(header->line, {}, {}, "只有表头，没有任何一行", "至少写一行；检查保存时是否丢了内容");
    return {std::move(rows), faults.take()};
}

std::string csv_line(std::span<const std::string> cells) {
    std::string line;
    for (const auto& cell : cells) {
        if (&cell != cells.data()) line += ',';
        if (cell.find_first_of(",\"") == cell.npos) {
            line += cell;
            continue;
        }
        line += '"';
        for (const char c : cell) line.append(c == '"' ? 2 : 1, c);
        line += '"';
    }
    return line + '\n';
}

}  // namespace hcp::calendar
