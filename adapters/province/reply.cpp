#include "adapters/province/reply.hpp"

#include "adapters/province/reply_text.hpp"
#include "adapters/province/wire_text.hpp"
#include "plugin/domain/outside_text.hpp"
#include "plugin/domain/text.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace hcp::province {
namespace {

namespace json = boost::json;
using domain::Verdict;
using ports::ReplyNames;

constexpr std::chrono::milliseconds longest_wait = std::chrono::hours{24};

std::optional<std::string> scalar(const json::object& o, std::string_view name) {
    const auto* value = name.empty() ? nullptr : o.if_contains(name);
    return value ? scalar_text(*value) : std::nullopt;
}

// 0 is as good as "00" or "000000000000".
bool same_code(std::string_view said, std::string_view wanted) {
    const auto significant = [](std::string_view code) {
        return domain::all_digits(code) ? code.substr(std::min(code.find_first_not_of('0'), code.size())) : code;
    };
    return !said.empty() && significant(said) == significant(wanted);
}

// Nothing: neither yes nor no.
std::optional<bool> yes_or_no(std::string_view s) {
    if (s == "true" || s == "TRUE" || s == "True" || s == "1") return true;
    if (s == "false" || s == "FALSE" || s == "False" || s == "0") return false;
    return std::nullopt;
}

bool looks_like_html(const HttpReply& reply, std::string_view text) {
    return reply.content_type.find("html") != std::string::npos || text.starts_with("<");
}

// The flags of one layer.
struct Layer {
    bool says_yes = false, says_no = false;
    void say(std::optional<bool> flag) {
        says_yes = says_yes || flag == true;
        says_no = says_no || flag == false;
    }
};

// What a JSON reply states. A flag that is absent says nothing.
struct Stated {
    Layer outer, inner;
    std::string said;  // the texts that patterns are looked up in
    std::optional<std::string> listed;
    bool has_list = false;    // of services, be it empty
    bool recognised = false;  // it has at least one member that the profile names
    bool incoherent = false;  // a flag is neither yes nor no

    void say(const std::optional<std::string>& text) {
        if (!text) return;
        recognised = true;
        if (text->empty() || said == *text) return;  // both layers often say the same
        said += (said.empty() ? "" : "；") + *text;
    }
    [[nodiscard]] bool contradicts() const {
        return incoherent || (outer.says_yes && outer.says_no) || (inner.says_yes && inner.says_no) ||
               (outer.says_no && inner.says_yes);
    }
    [[nodiscard]] bool fails() const { return outer.says_no || inner.says_no; }
};

std::optional<std::string> first_of_list(const json::object& o, const ReplyNames& names) {
    const auto* list = names.services.empty() ? nullptr : o.if_contains(names.services);
    const auto* items = list ? list->if_array() : nullptr;
    if (!items || items->empty()) return std::nullopt;
    if (const auto* text = items->front().if_string()) return std::string{*text};
    return json::serialize(*items);
}

void read_inner(Stated& out, const json::object& inner, const ReplyNames& names) {
    if (const auto success = scalar(inner, names.success)) {
        const auto flag = yes_or_no(*success);
        out.incoherent = out.incoherent || !flag;
        out.recognised = true;
        out.inner.say(flag);
    }
    if (const auto code = scalar(inner, names.inner_code)) {
        out.recognised = true;
        out.inner.say(same_code(*code, names.inner_code_ok));
    }
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
    out.recognised = true;
    if (status) out.outer.say(same_code(*status, names.status_ok));
    if (code) out.outer.say(same_code(*code, names.code_ok));
    out.say(description);
    if (!body) return out;
    if (const auto* object = body->if_object()) {
        read_inner(out, *object, names);
    } else if (const auto* text = body->if_string()) {
        const auto inside = parse_reply(*text);
        out.incoherent = out.incoherent || (inside && inside->contradicts_itself);
        if (inside && inside->value.is_object())
            read_inner(out, inside->value.get_object(), names);
        else
            out.say(std::string{domain::without_blanks_around(*text)});
    }
    return out;
}

// The whole text, or each of the texts that were said: “不成功” contains “成功”.
bool is_success(std::string_view text, const std::vector<std::string>& words) {
    constexpr std::string_view between = "；";
    const auto end = std::min(text.find(between), text.size());
    const auto part = domain::without_blanks_around(text.substr(0, end));
    if (std::find(words.begin(), words.end(), part) == words.end()) return false;
    return end == text.size() || is_success(text.substr(end + between.size()), words);
}

std::string with(std::string_view what, std::string_view said) {
    const auto words = fit_for_log(said);
    return words.empty() ? std::string{what} : std::string{what} + "：" + words;
}

std::string http(unsigned status) {
    return "（HTTP " + std::to_string(status) + "）";
}

Judgement say(Verdict verdict, std::string reason) {
    Judgement judgement;
    judgement.verdict = verdict;
    judgement.reason = std::move(reason);
    return judgement;
}
Judgement delivered() {
    return say(Verdict::delivered, {});
}

// One answer to one message, and what may be concluded from its words and its status.
class Answer {
public:
    Answer(const HttpReply& reply, Asked asked, std::string_view sent, const ports::ProvinceProfile& profile)
        : reply_{reply}, asked_{asked}, sent_{sent}, profile_{profile} {}

    [[nodiscard]] Judgement judge() const {
        const auto text = readable(reply_.body, reply_.content_encoding);
        if (!text) return is_2xx() ? in_doubt("省平台答复的编码无法识别" + http(reply_.status)) : by_status({});
        if (text->empty()) return is_2xx() ? in_doubt("省平台返回空答复" + http(reply_.status)) : by_status({});
        if (const auto parsed = parse_reply(*text)) {
            if (parsed->contradicts_itself) return contradiction({});
            if (parsed->value.is_object()) return object(parsed->value.get_object());
            if (parsed->value.is_string()) return words(parsed->value.get_string());
            return is_2xx() ? in_doubt("省平台答复无法识别" + http(reply_.status)) : by_status({});
        }
        if (looks_like_html(reply_, *text)) return html();
        return words(*text);
    }

private:
    [[nodiscard]] bool is_2xx() const { return reply_.status >= 200 && reply_.status < 300; }

    // A query changes nothing, so it is never in doubt.
    [[nodiscard]] Judgement in_doubt(std::string reason) const {
        return say(asked_ == Asked::query ? Verdict::again : Verdict::ask_first, std::move(reason));
    }
    [[nodiscard]] Judgement contradiction(std::string_view said) const {
        return is_2xx() ? in_doubt(with("省平台答复自相矛盾" + http(reply_.status), said)) : by_status(said);
    }

    [[nodiscard]] bool holds(std::string_view text, const std::vector<std::string>& patterns) const {
        return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
            return !pattern.empty() && text.find(pattern) != text.npos && sent_.find(pattern) == sent_.npos;
        });
    }

    [[nodiscard]] std::optional<Judgement> duplicate_or_unknown(std::string_view said) const {
        const auto& patterns = profile_.patterns;
        if (asked_ != Asked::query && holds(said, patterns.duplicate)) {
            auto known = delivered();
            known.duplicate = true;
            return known;
        }
        if (!holds(said, patterns.unknown_service)) return std::nullopt;
        if (asked_ == Asked::query) return delivered();  // none known: an empty list
        if (asked_ == Asked::rating) return say(Verdict::again, with("省平台还没有对应的办件服务", said));
        return std::nullopt;
    }

    // What a text means, in the profile's order.
    [[nodiscard]] std::optional<Judgement> by_pattern(std::string_view said) const {
        const auto& patterns = profile_.patterns;
        if (said.empty()) return std::nullopt;
        if (auto known = duplicate_or_unknown(said)) return known;
        if (asked_ != Asked::query && holds(said, patterns.too_early))
            return say(Verdict::too_early, with("省平台的时钟比本机慢，稍后再送", said));
        if (holds(said, patterns.bad_signature))
            return say(Verdict::stop_channel, with("省平台不接受签名或身份", said));
        if (holds(said, patterns.bad_field)) return say(Verdict::refused, with("省平台不接受内容", said));
        if (holds(said, patterns.busy)) {
            if (reply_.status == 429 || reply_.status == 503) return by_status(said);
            // “系统繁忙” and “访问超时” are also what frameworks say of a failure after the record was stored. A
            // repeated rating does no harm; a repeated service would be a second one.
            return say(asked_ == Asked::service ? Verdict::ask_first : Verdict::again, with("省平台繁忙", said));
        }
        return std::nullopt;
    }

    // Where the words prove nothing, the status does; 2xx is the caller's.
    [[nodiscard]] Judgement by_status(std::string_view said) const {
        const auto status = reply_.status;
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
                return in_doubt(because("省平台称请求超时"));
            case 425:
            case 429:
                return denied(because("省平台限制频次"));
            // RFC 9110: not able to handle the request now. Front proxies say it without passing the request on, and
            // some say it after.
            case 503:
                return denied(because("省平台暂停服务"));
            default:
                break;
        }
        if (status >= 500) return in_doubt(because("省平台内部错误"));
        if (status >= 400) return say(Verdict::refused, because("省平台拒绝"));
        if (status >= 300) return say(Verdict::again, because("省平台要求转向，请核对接口地址"));
        return in_doubt(because("省平台答复无法识别"));
    }

    [[nodiscard]] Judgement denied(std::string reason) const {
        const bool is_believed = !profile_.settle.denied_after;
        auto judgement =
            say(asked_ == Asked::service && !is_believed ? Verdict::ask_first : Verdict::again, std::move(reason));
        judgement.denied = judgement.verdict == Verdict::ask_first;
        judgement.throttled = reply_.status == 429 || reply_.status == 425;
        return judgement;
    }

    [[nodiscard]] Judgement html() const {
        // A proxy's page says nothing of what happened behind it. Only the numbering of services suffers from a repeat.
        if (reply_.status >= 500 && reply_.status != 503 && asked_ != Asked::service)
            return say(Verdict::again, "收到网页而非接口答复" + http(reply_.status));
        if (reply_.status < 300) return in_doubt("收到网页而非接口答复" + http(reply_.status));
        return by_status("收到网页而非接口答复");
    }

    [[nodiscard]] Judgement words(std::string_view text) const {
        if (auto proven = by_pattern(text)) return *std::move(proven);
        if (!is_2xx()) return by_status(text);
        if (text.starts_with("{") || text.starts_with("[")) return in_doubt("省平台答复不完整" + http(reply_.status));
        if (asked_ != Asked::query && is_success(text, profile_.patterns.success)) return delivered();
        return in_doubt(with("省平台答复无法识别", text));
    }

    [[nodiscard]] Judgement object(const json::object& object) const {
        const auto reply = stated(object, profile_.reply);
        if (!is_2xx()) {
            if (auto proven = by_pattern(reply.said)) return *std::move(proven);
            return by_status(reply.said);
        }
        if (!reply.recognised) return in_doubt("省平台答复无法识别" + http(reply_.status));
        if (reply.contradicts()) return contradiction(reply.said);
        if (reply.fails()) {
            if (auto proven = by_pattern(reply.said)) return *std::move(proven);
            return say(Verdict::refused, with("省平台拒绝", reply.said));
        }
        if (!reply.inner.says_yes && !reply.has_list) {
            const bool says_success = is_success(reply.said, profile_.patterns.success);
            // The gateway alone says yes: of what lies behind it only plain words are believed.
            if (reply.outer.says_yes && !says_success && !reply.said.empty()) {
                if (auto known = duplicate_or_unknown(reply.said)) return *std::move(known);
                return in_doubt(with("省平台答复没有业务结果", reply.said));
            }
            if (!reply.outer.says_yes && !says_success) return without_flags(reply.said);
        }
        // To take a missing list for an empty one would send a service a second time.
        if (asked_ == Asked::query && !reply.has_list)
            return say(Verdict::again, "省平台答复中没有服务清单" + http(reply_.status));
        auto done = delivered();
        if (asked_ == Asked::query) done.listed = reply.listed;
        return done;
    }

    [[nodiscard]] Judgement without_flags(std::string_view said) const {
        if (auto proven = by_pattern(said)) return *std::move(proven);
        return said.empty() ? in_doubt("省平台答复没有结果" + http(reply_.status))
                            : in_doubt(with("省平台答复无法识别", said));
    }

    const HttpReply& reply_;
    const Asked asked_;
    const std::string_view sent_;
    const ports::ProvinceProfile& profile_;
};

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

std::optional<domain::Instant> read_date(std::string_view header) {
    const auto at = http_date(domain::without_blanks_around(header));
    return at ? std::optional<domain::Instant>{*at} : std::nullopt;
}

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

Judgement judge(const HttpReply& reply, Asked asked, std::string_view sent, const ports::ProvinceProfile& p,
                domain::Instant now) {
    auto judgement = Answer{reply, asked, sent, p}.judge();
    if (judgement.verdict != Verdict::delivered) judgement.retry_after = read_retry_after(reply.retry_after, now);
    return judgement;
}

Judgement judge(Progress progress, std::string_view why, Asked asked) {
    if (progress == Progress::not_sent) return say(Verdict::again, std::string{why});
    return say(asked == Asked::query ? Verdict::again : Verdict::ask_first, std::string{why});
}

}  // namespace hcp::province
