#include "adapters/host/check.hpp"

#include "plugin/domain/utf8.hpp"

namespace hcp::host {
namespace {

using namespace std::chrono;

constexpr domain::Instant earliest = sys_days{year{2000} / 1 / 1};
constexpr domain::Instant latest = sys_days{year{2200} / 1 / 1};

// Most identifiers are this, and then need no further look.
bool printable_ascii(std::string_view text) {
    unsigned char outside = 0;
    for (const char ch : text) {  // without a branch, so that it is done many bytes at a time
        const auto c = static_cast<unsigned char>(ch);
        outside |= static_cast<unsigned char>(static_cast<unsigned char>(c - 0x20u) > 0x7Eu - 0x20u);
    }
    return outside == 0;
}

// C0, DEL and C1, in well-formed text.
bool has_controls(std::string_view text, Check::Lines lines) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        const bool line_break = c == '\n' || c == '\r' || c == '\t';
        if (c < 0x20 && !(line_break && lines == Check::Lines::many)) return true;
        if (c == 0x7F) return true;
        if (c == 0xC2 && static_cast<unsigned char>(text[i + 1]) < 0xA0) return true;
    }
    return false;
}

// Nothing, or a column of fixed width with nothing in it.
bool is_blank(hcp_text text) {
    return text.size == 0 ||
           (text.data && std::string_view{text.data, text.size}.find_first_not_of(' ') == std::string_view::npos);
}

}  // namespace

void Check::fail(std::string_view field, std::string reason) {
    if (fault_) return;
    std::string path;
    if (!inside_.empty()) path = std::string{inside_} + "[" + std::to_string(index_) + "].";
    fault_ = Fault{path.append(field), std::move(reason)};
}

void Check::required(const char* field, hcp_text text, std::size_t most, std::string& out) {
    if (is_blank(text)) return fail(field, "必填，不能为空；最多 " + std::to_string(most) + " 个字符");
    optional(field, text, most, out);
}

void Check::optional(const char* field, hcp_text text, std::size_t most, std::string& out, Lines lines) {
    if (is_blank(text)) return;
    if (!text.data) return fail(field, "指针为 NULL 而长度不为 0；缺省时应为 {NULL, 0}");
    const auto too_long = [&] { fail(field, "超长：最多 " + std::to_string(most) + " 个字符"); };
    if (text.size > 4 * most) return too_long();
    const std::string_view value{text.data, text.size};
    if (printable_ascii(value)) {
        if (value.size() > most) return too_long();
        out.assign(value);
        return;
    }
    if (!domain::is_utf8(value)) return fail(field, "不是合法的 UTF-8；请转换编码后再传");
    if (value.size() > most && domain::characters(value) > most) return too_long();
    if (has_controls(value, lines)) return fail(field, "含有控制字符；请去掉换行、制表符等后再传");
    out.assign(value);
}

void Check::required(const char* field, std::int64_t us, domain::Instant& out) {
    if (us == 0) return fail(field, "必填：自 1970-01-01T00:00:00Z 起的微秒数");
    std::optional<domain::Instant> at;
    optional(field, us, at);
    if (at) out = *at;
}

void Check::optional(const char* field, std::int64_t us, std::optional<domain::Instant>& out) {
    if (us == 0) return;
    const auto at = domain::instant_from_us(us);
    if (at < earliest || at >= latest) return fail(field, "不在 2000 至 2199 年之间；单位应为微秒，不是秒或毫秒");
    out = at;
}

void Check::flag(const char* field, std::int32_t value, bool& out) {
    if (value != 0 && value != 1) return fail(field, "只能是 0 或 1");
    out = value == 1;
}

void Check::zero(const char* field, std::int64_t value) {
    if (value != 0) fail(field, "保留字段必须为 0；请先把整个结构清零");
}

}  // namespace hcp::host
