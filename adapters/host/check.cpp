#include "adapters/host/check.hpp"

#include "plugin/domain/unseen.hpp"
#include "plugin/domain/utf8.hpp"

#include <utility>

namespace hcp::host {
namespace {

using namespace std::chrono;

constexpr domain::Instant earliest = sys_days{year{2000} / 1 / 1};
constexpr domain::Instant latest = sys_days{year{2200} / 1 / 1};

}  // namespace

void Check::fail(std::string_view field, std::string reason) {
    if (fault_) return;
    std::string path;
    if (!inside_.empty()) path = std::string{inside_} + "[" + std::to_string(index_) + "].";
    fault_ = Fault{path.append(field), std::move(reason)};
}

void Check::copy(const char* field, hcp_text text, std::size_t most, bool required, Fold fold, std::string& out) {
    const auto missing = [&] { fail(field, "必填，不能为空；最多 " + std::to_string(most) + " 个字符"); };
    const auto too_long = [&] { fail(field, "超长：最多 " + std::to_string(most) + " 个字符"); };
    if (text.size == 0) return required ? missing() : void();
    if (!text.data) return fail(field, "指针为 NULL 而长度不为 0；缺省时应为 {NULL, 0}");
    // A bound on the work: what folding takes out is counted here.
    if (text.size > 4 * most + 256) return too_long();
    const std::string_view given{text.data, text.size};
    if (!domain::is_utf8(given)) return fail(field, "不是合法的 UTF-8；请转换编码后再传");
    auto value = fold(given);
    if (value.empty()) return required ? missing() : void();
    if (value.size() > most && domain::characters(value) > most) return too_long();
    if (fold != domain::as_written && domain::has_controls(value))
        return fail(field, "含有控制字符；请去掉换行、制表符等后再传");
    out = std::move(value);
}

void Check::required(const char* field, hcp_text text, std::size_t most, std::string& out, Fold fold) {
    copy(field, text, most, true, fold, out);
}

void Check::optional(const char* field, hcp_text text, std::size_t most, std::string& out, Fold fold) {
    copy(field, text, most, false, fold, out);
}

void Check::key(const char* field, hcp_text text, std::size_t most, std::string& out) {
    std::string value;
    copy(field, text, most, true, domain::bare_text, value);
    if (const auto unseen = domain::first_invisible(value))
        return fail(field, "含有看不见的字符 " + domain::code_point_text(*unseen) + "；请去掉后再传");
    out = std::move(value);
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
