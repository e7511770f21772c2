#include "adapters/sheets/csv.hpp"

#include "adapters/sheets/mark_column.hpp"
#include "plugin/domain/day_text.hpp"
#include "plugin/domain/overloaded.hpp"

#include <string_view>

namespace hcp::sheets {
namespace {

void add_text(std::string& out, std::string_view text) {
    constexpr std::string_view calculated = "=+-@\t\r";
    const bool guarded = !text.empty() && calculated.find(text.front()) != std::string_view::npos;
    const bool quoted = guarded || text.find_first_of(",\"\r\n") != std::string_view::npos;
    if (quoted) out += '"';
    if (guarded) out += '\'';
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    if (quoted) out += '"';
}

void add_cell(std::string& out, const ports::SheetCell& cell) {
    std::visit(domain::Overloaded{
                   [](std::monostate) {},
                   [&](const std::string& text) { add_text(out, text); },
                   [&](std::int64_t number) { out += std::to_string(number); },
                   [&](domain::Instant moment) { out += domain::moment_text(moment); },
               },
               cell);
}

}  // namespace

std::string csv_of(const ports::Sheet& sheet) {
    std::string out = "\xEF\xBB\xBF";
    for (const auto& title : sheet.columns) {
        add_text(out, title);
        out += ',';
    }
    out.append(mark_column).append("\r\n");
    for (const auto& row : sheet.rows) {
        for (const auto& cell : row) {
            add_cell(out, cell);
            out += ',';
        }
        add_text(out, sheet.mark);
        out += "\r\n";
    }
    return out;
}

}  // namespace hcp::sheets
