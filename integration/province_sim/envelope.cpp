#include "integration/province_sim/envelope.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <initializer_list>

namespace province_sim {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_app_mark = 32;

[[noreturn]] void malformed(std::string_view what) {
    throw Refusal{"参数结构不正确：" + std::string{what}};
}

std::string without_spaces_in_lower_case(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != ' ' && c != '\t') out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

void only(const json::object& object, std::initializer_list<std::string_view> known) {
    for (const auto& member : object)
        if (std::find(known.begin(), known.end(), std::string_view{member.key()}) == known.end())
            malformed("未知参数" + std::string{member.key()});
}

const json::object& object_in(const json::object& parent, std::string_view name) {
    const auto* const value = parent.if_contains(name);
    if (value == nullptr || !value->is_object()) malformed("缺少对象" + std::string{name});
    return value->get_object();
}

std::string text_in(const json::object& parent, std::string_view name) {
    const auto* const value = parent.if_contains(name);
    if (value == nullptr || !value->is_string()) malformed("缺少字符串" + std::string{name});
    return std::string{value->get_string()};
}

void check_caller(const std::string& app_mark, const std::string& time, const std::string& sign, const Caller& caller,
                  const Crypto& crypto, Instant now) {
    if (characters(app_mark) > longest_app_mark || app_mark != caller.app_mark) throw Refusal{"appMark无效"};
    const auto at = parse_compact_time(time);
    if (!at) malformed("time应为yyyyMMddHHmmss");
    if (*at > now + caller.max_skew || *at < now - caller.max_skew) throw Refusal{"请求时间超出允许范围"};
    if (crypto.open(sign) != time + caller.app_mark + caller.app_word) throw Refusal{"签名校验失败"};
}

}  // namespace

std::optional<std::string> Crypto::open(std::string_view text) const {
    return own ? own->decrypt(text, format) : std::string{text};
}

std::string Crypto::seal(std::string_view plain) const {
    return client ? client->encrypt(plain, format) : std::string{plain};
}

json::value open_request(const Request& request, const Caller& caller, const Crypto& crypto, Instant now) {
    if (without_spaces_in_lower_case(request.content_type) != "application/json;charset=utf-8")
        malformed("Content-Type应为application/json; charset=utf-8");
    if (request.tenancy != caller.tenancy) throw Refusal{"C-Tenancy-Id无效"};

    boost::system::error_code error;
    const auto document = json::parse(request.body, error);
    if (error || !document.is_object()) malformed("请求体不是JSON对象");
    only(document.get_object(), {"txnBodyCom", "txnCommCom"});
    const auto& body = object_in(document.get_object(), "txnBodyCom");
    object_in(document.get_object(), "txnCommCom");
    only(body, {"appMark", "time", "sign", "params"});
    check_caller(text_in(body, "appMark"), text_in(body, "time"), text_in(body, "sign"), caller, crypto, now);

    const auto& params = object_in(body, "params");
    only(params, {"evaluate"});
    const auto* const evaluate = params.if_contains("evaluate");
    if (evaluate == nullptr || !evaluate->is_array() || evaluate->get_array().size() != 1 ||
        !evaluate->get_array().front().is_string())
        malformed("params.evaluate应为一个字符串的数组");
    const auto plain = crypto.open(evaluate->get_array().front().get_string());
    if (!plain) throw Refusal{"报文解密失败"};
    auto records = json::parse(*plain, error);
    if (error || !records.is_array() || records.get_array().size() != 1) malformed("报文应为一条记录的JSON数组");
    return std::move(records.get_array().front());
}

void check_form(const Request& request, const Caller& caller, const Crypto& crypto, Instant now) {
    const auto type = without_spaces_in_lower_case(request.content_type);
    if (type.substr(0, type.find(';')) != "application/x-www-form-urlencoded") malformed("应为表单");
    if (!request.tenancy.empty() && request.tenancy != caller.tenancy) throw Refusal{"C-Tenancy-Id无效"};
    const auto form = parse_form(request.body);
    if (!form || form->size() != 3 || !form->contains("appMark") || !form->contains("time") || !form->contains("sign"))
        malformed("表单应恰有appMark、time、sign");
    check_caller(form->at("appMark"), form->at("time"), form->at("sign"), caller, crypto, now);
}

std::string render(const Reply& reply, Shape shape) {
    const bool success = reply.refusal.empty();
    if (reply.message == "M5")
        return json::serialize(
            success ? reply.body : json::object{{"code", "-1"}, {"message", reply.refusal}, {"success", "false"}});
    const json::object inner = success ? reply.body : json::object{{"success", "false"}, {"message", reply.refusal}};
    if (shape == Shape::unwrapped) return json::serialize(inner);
    json::object outer{{"C-API-Status", success ? "00" : "01"},
                       {"C-Response-Code", success ? "000000000000" : "999999999999"},
                       {"C-Response-Desc", success ? "success" : reply.refusal}};
    if (shape == Shape::body_as_string)
        outer["C-Response-Body"] = json::serialize(inner);
    else
        outer["C-Response-Body"] = inner;
    return json::serialize(outer);
}

std::string render_inner_failure(std::string_view text) {
    return render({"", {{"success", "false"}, {"message", text}}, ""});
}

}  // namespace province_sim
