#include "adapters/province/reply.hpp"

#include "adapters/province/wire_text.hpp"
#include "plugin/domain/outside_text.hpp"
#include "plugin/domain/text.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <iterator>

namespace hcp::province {
namespace {

namespace json = boost::json;
using domain::Verdict;
using ports::ReplyNames;

constexpr std::chrono::milliseconds longest_wait = std::chrono::hours{24};

std::optional<json::value> parsed(std::string_view text) {
    boost::system::error_code ec;
    auto value = json::parse(text, ec);
    if (ec) return std::nullopt;
    return value;
}

// Far ends write booleans and numbers as strings, or not.
std::optional<std::string> scalar(const json::object& o, std::string_view name) {
    const auto* v = name.empty() ? nullptr : o.if_contains(name);
    if (!v) return std::nullopt;
    if (const auto* s = v->if_string()) return std::string{*s};
    if (const auto* b = v->if_bool()) return *b ? "true" : "false";
    if (const auto* i = v->if_int64()) return std::to_string(*i);
    if (const auto* u = v->if_uint64()) return std::to_string(*u);
    return std::nullopt;
}

bool is_true(std::string_view s) {
    return s == "true" || s == "TRUE" || s == "True" || s == "1";
}

bool looks_like_html(const HttpReply& reply, std::string_view text) {
    return reply.content_type.find("html") != std::string::npos || text.starts_with("<");
}

// What a JSON reply states. A flag that is absent says nothing.
struct Stated {
    std::optional<bool> outer, inner;
    std::string said;  // the texts that patterns are looked up in
    std::optional<std::string> listed;
    bool has_list = false;    // of services, be it empty
    bool recognised = false;  // it has at least one member that the profile names

    void flag(std::optional<bool>& layer, const std::optional<std::string>& value, bool ok) {
        if (!value) return;
        layer = layer.value_or(true) && ok;
        recognised = true;
    }
    void say(const std::optional<std::string>& text) {
        if (!text) return;
        recognised = true;
        if (text->empty() || said == *text) return;  // both layers often say the same
        said += (said.empty() ? "" : "；") + *text;
    }
};

std::optional<std::string> first_of_list(const json::object& o, const ReplyNames& names) {
    const auto* list = names.services.empty() ? nullptr : o.if_contains(names.services);
    const auto* items = list ? list->if_array() : nullptr;
    if (!items || items->empty()) return std::nullopt;
    if (const auto* text = items->front().if_string()) return std::string{*text};
    return json::serialize(*items);
}

void read_inner(Stated& out, const json::object& inner, const ReplyNames& names) {
    const auto success = scalar(inner, names.success), code = scalar(inner, names.inner_code);
    out.flag(out.inner, success, success && is_true(*success));
    out.flag(out.inner, code, code == names.inner_code_ok);
    out.say(scalar(inner, names.message));
    out.listed = first_of_list(inner, names);
    if (const auto* list = inner.if_contains(names.services)) {
        out.recognised = true;
        out.has_list = list->is_array();
    }
}

Stated stated(const json::object& reply, const ReplyNames& names) {
    Stated out;
    const auto status = scalar(reply, names.status), code = scalar(reply, names.code),
               description = scalar(reply, names.description);
    const auto* body = names.body.empty() ? nullptr : reply.if_contains(names.body);
    if (!status && !code && !description && !body) {
        read_inner(out, reply, names);  // the gateway left its wrapper off
        return out;
    }
    out.flag(out.outer, status, status == names.status_ok);
    out.flag(out.outer, code, code == names.code_ok);
    out.say(description);
    if (!body) return out;
    if (const auto* object = body->if_object()) {
        read_inner(out, *object, names);
    } else if (const auto* text = body->if_string()) {
        const auto value = parsed(*text);
        if (value && value->is_object())
            read_inner(out, value->get_object(), names);
        else
            out.say(std::string{*text});
    }
    return out;
}

bool holds(std::string_view text, const std::vector<std::string>& patterns) {
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](const std::string& p) { return !p.empty() && text.find(p) != text.npos; });
}

// The whole text: “不成功” contains “成功”.
bool is_success(std::string_view text, const std::vector<std::string>& words) {
    return std::find(words.begin(), words.end(), domain::without_blanks_around(text)) != words.end();
}

std::string with(std::string_view what, std::string_view said) {
    const auto words = fit_for_log(said);
    return words.empty() ? std::string{what} : std::string{what} + "：" + words;
}

std::string http(unsigned status) {
    return "（HTTP " + std::to_string(status) + "）";
}

Judgement say(Verdict verdict, std::string reason) {
    return {verdict, std::move(reason), std::nullopt, std::nullopt};
}
Judgement delivered() {
    return say(Verdict::delivered, {});
}
// A query changes nothing, so it is never in doubt.
Judgement in_doubt(Asked asked, std::string reason) {
    return say(asked == Asked::query ? Verdict::again : Verdict::ask_first, std::move(reason));
}

// What a text means, in the profile's order.
std::optional<Judgement> by_pattern(unsigned status, std::string_view said, Asked asked,
                                    const ports::ReplyPatterns& patterns) {
    if (said.empty()) return std::nullopt;
    if (asked != Asked::query && holds(said, patterns.duplicate)) return delivered();
    if (holds(said, patterns.unknown_service)) {
        if (asked == Asked::query) return delivered();  // none known: an empty list
        if (asked == Asked::rating) return say(Verdict::again, with("省平台还没有对应的办件服务", said));
    }
    if (holds(said, patterns.bad_signature)) return say(Verdict::stop_channel, with("省平台不接受签名或身份", said));
    if (holds(said, patterns.bad_field)) return say(Verdict::refused, with("省平台不接受内容", said));
    if (holds(said, patterns.busy)) {
        // “系统繁忙” and “访问超时” are also what frameworks say of a failure after the record was stored. A repeated
        // rating does no harm; a repeated service would be a second one, so it is again only where the status denies it
        // as well.
        const bool denied = asked != Asked::service || status == 429 || status == 503;
        return say(denied ? Verdict::again : Verdict::ask_first, with("省平台繁忙", said));
    }
    return std::nullopt;
}

// Where the words prove nothing, the status does; 2xx is the caller's.
Judgement by_status(unsigned status, Asked asked, std::string_view said) {
    const auto because = [&](std::string_view what) { return with(std::string{what} + http(status), said); };
    switch (status) {
        case 401:
        case 403:
            return say(Verdict::stop_channel, because("省平台拒绝访问"));
        case 404:
        case 405:
            return say(Verdict::again, because("省平台没有此接口，请核对路径"));
        case 407:
            return say(Verdict::again, because("代理服务器要求认证"));
        case 408:
            return in_doubt(asked, because("省平台称请求超时"));
        case 425:
        case 429:
            return say(Verdict::again, because("省平台限制频次"));
        // RFC 9110: not able to handle the request now. Front proxies say it without passing the request on.
        case 503:
            return say(Verdict::again, because("省平台暂停服务"));
        default:
            break;
    }
    if (status >= 500) return in_doubt(asked, because("省平台内部错误"));
    if (status >= 400) return say(Verdict::refused, because("省平台拒绝"));
    if (status >= 300) return say(Verdict::again, because("省平台要求转向，请核对接口地址"));
    return in_doubt(asked, because("省平台答复无法识别"));
}

Judgement judge_html(unsigned status, Asked asked) {
    // A proxy's page says nothing of what happened behind it. Only the numbering of services suffers from a repeat.
    if (status >= 500 && status != 503 && asked != Asked::service)
        return say(Verdict::again, "收到网页而非接口答复" + http(status));
    if (status < 300) return in_doubt(asked, "收到网页而非接口答复" + http(status));
    return by_status(status, asked, "收到网页而非接口答复");
}

Judgement judge_text(unsigned status, std::string_view text, Asked asked, const ports::ReplyPatterns& patterns) {
    if (auto proven = by_pattern(status, text, asked, patterns)) return *std::move(proven);
    if (status < 200 || status >= 300) return by_status(status, asked, text);
    if (text.starts_with("{") || text.starts_with("[")) return in_doubt(asked, "省平台答复不完整" + http(status));
    if (asked != Asked::query && is_success(text, patterns.success)) return delivered();
    return say(Verdict::refused, with("省平台拒绝", text));
}

Judgement judge_object(unsigned status, const json::object& object, Asked asked, const ports::ProvinceProfile& p) {
    const auto reply = stated(object, p.reply);
    const bool failed = reply.outer == false || reply.inner == false;
    const bool is_2xx = status >= 200 && status < 300;

    // An explicit success of the business part is not put in question by its words.
    const bool explicit_success = is_2xx && !failed && reply.inner == true;
    if (!explicit_success)
        if (auto proven = by_pattern(status, reply.said, asked, p.patterns)) return *std::move(proven);
    if (!is_2xx) return by_status(status, asked, reply.said);
    if (!reply.recognised) return in_doubt(asked, "省平台答复无法识别" + http(status));
    if (failed) return say(Verdict::refused, with("省平台拒绝", reply.said));
    const bool flagged = reply.outer || reply.inner;
    if (!flagged && !reply.listed && !is_success(reply.said, p.patterns.success))
        return reply.said.empty() ? in_doubt(asked, "省平台答复没有结果" + http(status))
                                  : say(Verdict::refused, with("省平台拒绝", reply.said));
    // To take a missing list for an empty one would send a service a second time.
    if (asked == Asked::query && !reply.has_list) return say(Verdict::again, "省平台答复中没有服务清单" + http(status));
    auto done = delivered();
    if (asked == Asked::query) done.listed = reply.listed;
    return done;
}

Judgement judge_body(const HttpReply& reply, Asked asked, const ports::ProvinceProfile& p) {
    // GBK must become UTF-8 before it is parsed: its second bytes may be quotes' and braces' neighbours such as '\'.
    const auto whole = to_utf8(reply.body);
    auto text = domain::without_blanks_around(whole);
    if (text.starts_with("\uFEFF")) text.remove_prefix(3);
    const bool is_2xx = reply.status >= 200 && reply.status < 300;
    if (text.empty())
        return is_2xx ? in_doubt(asked, "省平台返回空答复" + http(reply.status)) : by_status(reply.status, asked, {});
    if (const auto value = parsed(text)) {
        if (value->is_object()) return judge_object(reply.status, value->get_object(), asked, p);
        if (value->is_string()) return judge_text(reply.status, value->get_string(), asked, p.patterns);
        return is_2xx ? in_doubt(asked, "省平台答复无法识别" + http(reply.status)) : by_status(reply.status, asked, {});
    }
    if (looks_like_html(reply, text)) return judge_html(reply.status, asked);
    return judge_text(reply.status, text, asked, p.patterns);
}

// Sun, 06 Nov 1994 08:49:37 GMT
std::optional<std::chrono::sys_seconds> http_date(std::string_view s) {
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    if (s.size() != 29 || !s.ends_with(" GMT") || s[7] != ' ' || s[11] != ' ' || s[16] != ' ' || s[19] != ':' ||
        s[22] != ':')
        return std::nullopt;
    const auto month = months.find(s.substr(8, 3));
    const auto day = domain::whole_number<int>(s.substr(5, 2)), year = domain::whole_number<int>(s.substr(12, 4)),
               hour = domain::whole_number<int>(s.substr(17, 2)), minute = domain::whole_number<int>(s.substr(20, 2)),
               second = domain::whole_number<int>(s.substr(23, 2));
    if (month == months.npos || month % 3 != 0 || !day || !year || !hour || !minute || !second) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(month / 3 + 1)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok() || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59 || *second < 0 || *second > 60)
        return std::nullopt;
    return std::chrono::sys_days{date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
           std::chrono::seconds{*second};
}

}  // namespace

std::optional<std::chrono::milliseconds> read_retry_after(std::string_view header, domain::Instant now) {
    using std::chrono::milliseconds;
    const auto value = domain::without_blanks_around(header);
    if (value.empty()) return std::nullopt;
    if (domain::all_digits(value)) {
        const auto seconds = domain::whole_number<int>(value);
        return seconds ? std::min<milliseconds>(std::chrono::seconds{*seconds}, longest_wait) : longest_wait;
    }
    const auto at = http_date(value);
    if (!at) return std::nullopt;
    return std::clamp(std::chrono::ceil<milliseconds>(*at - now), milliseconds{0}, longest_wait);
}

Judgement judge(const HttpReply& reply, Asked asked, const ports::ProvinceProfile& p, domain::Instant now) {
    auto judgement = judge_body(reply, asked, p);
    if (judgement.verdict != Verdict::delivered) judgement.retry_after = read_retry_after(reply.retry_after, now);
    return judgement;
}

Judgement judge(Progress progress, std::string_view why, Asked asked) {
    if (progress == Progress::not_sent) return say(Verdict::again, std::string{why});
    return in_doubt(asked, std::string{why});
}

std::optional<std::vector<ports::KnownService>> read_services(std::string_view list, std::string_view project_no,
                                                              const ports::ListedFields& names) {
    const auto value = parsed(to_utf8(list));
    if (!value || !value->is_array()) return std::nullopt;
    std::vector<ports::KnownService> services;
    for (const auto& item : value->get_array()) {
        const auto* o = item.if_object();
        if (!o) return std::nullopt;
        if (scalar(*o, names.project_no) != project_no) continue;
        const auto no = domain::whole_number<int>(scalar(*o, names.service_number).value_or(""));
        if (!no || *no < 1) return std::nullopt;
        services.push_back({*no, scalar(*o, names.service_name).value_or(""),
                            scalar(*o, names.service_time).value_or(""),
                            is_true(scalar(*o, names.commented).value_or(""))});
    }
    std::stable_sort(services.begin(), services.end(),
                     [](const auto& a, const auto& b) { return a.number < b.number; });
    return services;
}

}  // namespace hcp::province
