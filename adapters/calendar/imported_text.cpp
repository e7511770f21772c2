#include "adapters/calendar/imported_text.hpp"

#include "adapters/calendar/encoding.hpp"
#include "plugin/domain/text.hpp"
#include "plugin/domain/utf8.hpp"

#include <algorithm>
#include <utility>

namespace hcp::calendar {
namespace {

int line_at(std::string_view bytes, std::size_t at) {
    return 1 + static_cast<int>(std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

}  // namespace

std::string imported_text(std::string_view file, std::string_view bytes, std::string_view what, std::string_view remedy,
                          std::optional<ports::Fault>& otherwise) {
    const auto refused = [&](int line, std::string problem, std::string instead) {
        otherwise = ports::Fault{std::string{file}, line, {}, {}, std::move(problem), std::move(instead)};
        return std::string{};
    };
    const auto too_much = [&] { return "检查是不是" + std::string{what} + "；" + std::string{remedy}; };
    if (bytes.size() > most_imported_bytes)
        return refused(0, "文件超过 " + std::to_string(most_imported_bytes >> 20) + " MiB", too_much());
    if (const auto lines = std::ranges::count(bytes, '\n'); std::cmp_greater(lines, most_imported_lines))
        return refused(static_cast<int>(most_imported_lines) + 1,
                       "文件有 " + std::to_string(lines) + " 行，最多 " + std::to_string(most_imported_lines) + " 行",
                       too_much());
    std::optional<Foreign> foreign;
    auto text = in_utf8(bytes, foreign);
    if (foreign && foreign->why == Foreign::Why::no_gb18030)
        return refused(0, "文件不是 UTF-8，而本机不能读 GB18030", "另存为 “CSV UTF-8” 格式");
    if (foreign)
        return refused(line_at(bytes, foreign->at), "这一行既不是 UTF-8 也不是 GB18030",
                       "另存为 “CSV UTF-8” 格式，或检查文件是否损坏");
    return text;
}

std::string cut_cell(std::string_view cell) {
    return domain::shortened(cell, 40);
}

bool is_day_of_a_spreadsheet(std::string_view cell) {
    return cell.size() <= 20 && (domain::all_digits(cell) || cell.find('/') != std::string_view::npos ||
                                 cell.find("年") != std::string_view::npos);
}

}  // namespace hcp::calendar
