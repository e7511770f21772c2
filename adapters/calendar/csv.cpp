#include "adapters/calendar/csv.hpp"

#include "adapters/calendar/faults.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/domain/utf8.hpp"

#include <algorithm>
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
        const auto text =
            domain::trimmed(raw.ends_with('\r') ? raw.substr(0, raw.size() - 1) : raw, domain::line_blanks);
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
            complain(name, "没有这样的列", "可用的列：" + domain::joined(columns, "、"));
    if (!sound) return std::nullopt;
    return result;
}

}  // namespace

Parsed<std::vector<CsvRow>> read_csv(std::string_view file, std::string_view text,
                                     std::span<const std::string_view> columns) {
    Faults faults{file};
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    Cutter cutter{text, faults};
    std::vector<CsvRow> rows;

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
        for (const auto i : *place) ordered.cells.push_back(std::move(row->cells[i]));
        rows.push_back(std::move(ordered));
    }
    return {std::move(rows), faults.take()};
}

std::string csv_line(std::span<const std::string> cells) {
    std::string line;
    for (const auto& cell : cells) {
        if (&cell != cells.data()) line += ',';
        if (cell == domain::trimmed(cell, domain::line_blanks) && cell.find_first_of(",\"\r\n") == cell.npos) {
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
