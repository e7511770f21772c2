#include "adapters/web/staff_answers.hpp"

#include "adapters/web/protection.hpp"
#include "adapters/web/staff_page.hpp"
#include "plugin/ports/store/errors.hpp"

#include <boost/json.hpp>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace hcp::web {
namespace {

struct Failure {
    int status;
    std::string_view code, title, reason, remedy;
};
// Signing on has one refusal, whatever was wrong with the link or the ticket.
constexpr Failure failures[] = {
    {400, "bad_request", "请求不正确", "请求的内容或地址不正确", "回到登录页重新操作"},
    {401, "not_signed_on", "没有登录", "没有登录，或登录已经结束", "重新登录"},
    {403, "refused", "没有登录成功，或不能这样操作", "登录码或票据无效、已用过或已过期，或请求不是从本站页面发出",
     "请管理员重新签发登录链接，或从交易平台重新进入"},
    {404, "not_found", "没有这个页面", "没有这个地址", "回到登录页"},
    {405, "method_not_allowed", "不能这样请求", "这个地址不接受这种请求", "回到登录页"},
    {413, "too_large", "内容过大", "请求的内容过大", "减少内容后重试"},
    {415, "unsupported_type", "内容格式不对", "请求的内容格式不对", "用页面上的表单提交"},
    {417, "expectation_failed", "不能这样请求", "请求头 Expect 不被接受", "去掉它后重试"},
    {429, "too_many", "请求太频繁", "这个地址的请求太频繁", "稍候再试"},
    {431, "header_too_large", "请求头过大", "请求头过大", "清除本站的 cookie 后重试"},
    {500, "internal", "出错了", "程序出错，已记入日志", "稍候再试；仍不行时请管理员查看日志"},
    {503, "unavailable", "暂时不可用", "数据库暂时没有应答，可能没有完成", "稍候再试"},
};

const Failure& failure_of(int status) noexcept {
    const auto* const found = std::ranges::find(failures, status, &Failure::status);
    return found == std::end(failures) ? failures[0] : *found;
}

// Of what was asked of the API by somebody who has signed on.
std::string_view title_of(int status) noexcept {
    switch (status) {
        case 403:
            return "不能这样操作";
        case 404:
            return "没有这一条";
        case 409:
            return "情况已经不同";
        case 422:
            return "填写的内容不对";
        default:
            return failure_of(status).title;
    }
}

}  // namespace

Response StaffAnswers::page(int status, std::string html) const {
    Response response{status, "text/html; charset=utf-8", std::move(html)};
    protect(response, true);
    return response;
}

Response StaffAnswers::redirect(const std::string& to) const {
    Response response{303, "text/plain; charset=utf-8", "", {{"Location", to}}};
    protect(response, true);
    return response;
}

Response StaffAnswers::json(int status, std::string body) const {
    Response response{status, "application/json", std::move(body)};
    protect(response, true);
    return response;
}

Response StaffAnswers::file(std::string content_type, const std::string& name, std::string bytes) const {
    Response response{200,
                      std::move(content_type),
                      std::move(bytes),
                      {{"Content-Disposition", "attachment; filename=\"" + name + "\""}}};
    protect(response, true);
    return response;
}

Response StaffAnswers::problem(int status, std::string_view code, std::string_view reason, std::string_view remedy,
                               std::string_view field, boost::json::array faults) const {
    boost::json::object body{{"type", "about:blank"}, {"title", title_of(status)}, {"status", status}, {"code", code},
                             {"detail", reason},      {"reason", reason},          {"remedy", remedy}};
    if (!field.empty()) body["field"] = field;
    if (!faults.empty()) body["faults"] = std::move(faults);
    auto response = json(status, serialize(body));
    response.content_type = "application/problem+json";
    return response;
}

Response StaffAnswers::failure(int status, const Request& request) const {
    const auto& named = failure_of(status);
    auto response = request.path.starts_with("/api/")
                        ? problem(status, named.code, named.reason, named.remedy)
                        : page(status, staff_notice_page(named.title, named.reason, named.remedy));
    if (status == 503) response.headers.emplace_back("Retry-After", "5");
    return response;
}

Response StaffAnswers::store_failure(const ports::error_code& error, const Request& request) const {
    if (error.category() == ports::store_category() && error != ports::store_errc::corrupt &&
        error != ports::store_errc::refused)
        return failure(503, request);
    log_.often(ports::LogLevel::error, "工作人员登录的数据无法读写", error.message());
    return failure(500, request);
}

}  // namespace hcp::web
