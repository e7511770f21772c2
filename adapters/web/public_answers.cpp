#include "adapters/web/public_answers.hpp"

#include "adapters/web/addresses.hpp"
#include "adapters/web/form.hpp"
#include "adapters/web/protection.hpp"
#include "adapters/web/public_site.hpp"

#include <boost/json.hpp>

namespace hcp::web {
namespace {

struct Words {
    int status;
    std::string_view code, title, text, remedy;
};
constexpr Words failures[] = {
    {400, "bad_request", "请求有误", "您的浏览器发来的内容无法识别。", "请返回上一页，刷新后重试。"},
    {403, "forbidden", "不能从其他网站提交", "为了您的安全，评价只能在本页面上提交。", "请直接打开您收到的评价链接。"},
    {404, "not_found", "页面不存在", "没有找到这个评价链接或页面。",
     "请检查链接是否完整，或从交易平台的“好差评”入口重新进入。"},
    {405, "method_not_allowed", "不支持的操作", "这个地址不支持这样的操作。", "请返回上一页重试。"},
    {413, "too_large", "内容过大", "提交的内容超过了上限。", "请缩短说明文字后重新提交。"},
    {415, "unsupported_type", "内容格式不支持", "提交内容的格式不正确。", "请在评价页面上填写后提交。"},
    {429, "too_many", "操作太频繁", "短时间内的请求太多。", "请稍等一分钟再试，已保存的内容不会丢失。"},
    {431, "header_too_large", "请求有误", "请求的头部超过了上限。", "请清除浏览器缓存后重试。"},
    {500, "internal", "系统出错了", "很抱歉，处理时发生了错误。", "请稍后再试。"},
    {503, "unavailable", "系统繁忙", "系统暂时不能处理您的请求。", "请稍后刷新重试。"},
};
// A change that was not answered in time may have happened all the same.
constexpr Words in_doubt{503, "in_doubt", "结果未知，请刷新查看",
                         "没有等到保存的结果，您的评价可能已经保存，也可能没有。",
                         "请刷新评价页面查看；重复提交同一份评价不会重复计算。"};
constexpr Words not_saved{503, "not_saved", "暂时没有保存", "系统暂时不能保存您的评价，刚才的内容没有保存。",
                          "请稍后再提交一次。"};

const Words& words_of(int status, bool changes) {
    if (status == 503 && changes) return in_doubt;
    for (const auto& words : failures)
        if (words.status == status) return words;
    return failures[0];
}

}  // namespace

Response PublicAnswers::page(int status, std::string html, const Request& request) const {
    Response response{status, "text/html; charset=utf-8", std::move(html)};
    protect(response, context_.base_url.is_https());
    if (const auto query = Form::parse(request.query); query && !query->first("elder").empty()) {
        const bool on = query->first("elder") == "on";
        response.headers.emplace_back("Set-Cookie",
                                      std::string{elder_cookie} + (on ? "=1; Max-Age=31536000" : "=; Max-Age=0") +
                                          "; Path=/; SameSite=Lax" + (context_.base_url.is_https() ? "; Secure" : ""));
    }
    return response;
}

Response PublicAnswers::notice(int status, std::string_view title, std::string_view text, std::string_view remedy,
                               const Request& request) const {
    auto look = context_.look(request);
    // Of what we do not serve nothing is repeated in a link: //elsewhere is another site.
    look.path = request.reads() && status != 404 ? look.path : "/";
    return page(status, notice_page(look, title, text, remedy), request);
}

Response PublicAnswers::redirect(const std::string& to) const {
    Response response{303, "text/plain; charset=utf-8", "", {{"Location", context_.base_url.path + to}}};
    protect(response, context_.base_url.is_https());
    return response;
}

Response PublicAnswers::json(int status, std::string body) const {
    Response response{status, "application/json", std::move(body)};
    protect(response, context_.base_url.is_https());
    return response;
}

Response PublicAnswers::problem(int status, std::string_view code, std::string_view reason, std::string_view remedy,
                                std::string_view field) const {
    boost::json::object body{{"type", "about:blank"}, {"title", words_of(status, false).title},
                             {"status", status},      {"code", code},
                             {"detail", reason},      {"reason", reason},
                             {"remedy", remedy}};
    if (!field.empty()) body["field"] = field;
    auto response = json(status, serialize(body));
    response.content_type = "application/problem+json";
    return response;
}

Response PublicAnswers::failure(int status, const Request& request) const {
    const auto& words = words_of(status, !request.reads());
    auto response = context_.is_api(request) ? problem(status, words.code, words.text, words.remedy)
                                             : notice(status, words.title, words.text, words.remedy, request);
    if (status == 503) response.headers.emplace_back("Retry-After", "5");
    return response;
}

Response PublicAnswers::store_failure(const ports::error_code& error, const Request& request) const {
    if (error.category() != ports::store_category() || error == ports::store_errc::corrupt ||
        error == ports::store_errc::refused) {
        context_.services.log.often(ports::LogLevel::error, "评价数据无法读写", error.message());
        return failure(500, request);
    }
    return failure(503, request);
}

Response PublicAnswers::answer_to(const app::RatingOutcome& outcome, const Request& request,
                                  const std::function<Response(const app::RatingReply&)>& decided) const {
    struct Answer {
        const PublicAnswers& answers;
        bool is_api;
        const Request& request;
        const std::function<Response(const app::RatingReply&)>& decided;

        Response operator()(const app::RatingReply& reply) const { return decided(reply); }
        Response operator()(run::DidNotHappen) const {
            auto response = is_api ? answers.problem(503, not_saved.code, not_saved.text, not_saved.remedy)
                                   : answers.notice(503, not_saved.title, not_saved.text, not_saved.remedy, request);
            response.headers.emplace_back("Retry-After", "5");
            return response;
        }
        Response operator()(run::InDoubt) const { return answers.failure(503, request); }
        Response operator()(const run::Failed& failed) const { return answers.store_failure(failed.why, request); }
    };
    return std::visit(Answer{*this, context_.is_api(request), request, decided}, outcome);
}

}  // namespace hcp::web
