#include "adapters/ctl/print.hpp"

#include "plugin/domain/day_text.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>

namespace hcp::ctl {
namespace {

// Code points that terminals draw over two cells, as far as our texts have them.
bool is_wide(char32_t c) {
    return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
           (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x20000 && c <= 0x3FFFD);
}

}  // namespace

std::string text_of(domain::Instant t) {
    return domain::moment_text(t);
}

std::string text_of(const std::optional<domain::Instant>& t) {
    return t ? text_of(*t) : "—";
}

std::string weekday_of(domain::Day day) {
    static constexpr std::array names{"周日", "周一", "周二", "周三", "周四", "周五", "周六"};
    return names[std::chrono::weekday{day}.c_encoding()];
}

std::string yes_no(bool yes) {
    return yes ? "是" : "否";
}

std::string or_dash(std::string_view text) {
    return std::string{text.empty() ? "—" : text};
}

std::size_t cells(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        char32_t point = length == 1 ? lead : lead & (0x7Fu >> length);
        for (std::size_t k = 1; k < length && i + k < text.size(); ++k)
            point = point << 6 | (static_cast<unsigned char>(text[i + k]) & 0x3Fu);
        count += is_wide(point) ? 2 : 1;
        i += length;
    }
    return count;
}

std::ostream& operator<<(std::ostream& out, const Table& table) {
    std::vector<std::size_t> widths(table.rows_.front().size());
    for (const auto& row : table.rows_)
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], cells(row[i]));
    for (const auto& row : table.rows_) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            out << row[i];
            if (i + 1 < row.size()) out << std::string(widths[i] - cells(row[i]) + 2, ' ');
        }
        out << '\n';
    }
    return out;
}

std::ostream& operator<<(std::ostream& out, const Sheet& sheet) {
    std::size_t width = 0;
    for (const auto& [name, value] : sheet.lines_) width = std::max(width, cells(name));
    for (const auto& [name, value] : sheet.lines_)
        out << name << "：" << std::string(width - cells(name), ' ') << value << '\n';
    return out;
}

void print_json(std::ostream& out, const boost::json::value& value) {
    out << boost::json::serialize(value) << '\n';
}

std::string page_end(std::size_t listed, std::size_t limit, const std::string& last_id) {
    return "列出 " + std::to_string(listed) + " 条" +
           (listed == limit ? "，可能还有更多：加 --after " + last_id + " 看后面的。\n" : "。\n");
}

}  // namespace hcp::ctl
