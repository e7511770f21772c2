#include "adapters/web/public_answers.hpp"

#include "adapters/web/addresses.hpp"
#include "adapters/web/form.hpp"
#include "adapters/web/phrases.hpp"
#include "adapters/web/protection.hpp"
#include "adapters/web/public_site.hpp"

#include <boost/json.hpp>

namespace hcp::web {
namespace {

// The name of each failure, in problem+json and of its phrases.
struct Named {
    int status;
    std::string_view code;
};
constexpr Named failures[] = {
    {400, "bad_request"},      {403, "forbidden"},        {404, "not_found"},          {405, "method_not_allowed"},
    {413, "too_large"},        {415, "unsupported_type"}, {417, "expectation_failed"}, {429, "too_many"},
    {431, "header_too_large"}, {500, "internal"},         {503, "unavailable"},
};

std::string_view name_of(int status, bool changes) {
    // A change that was not answered in time may have happened all the same.
    if (status == 503 && changes) return "in_doubt";
    for (const auto& failure : failures)
        if (failure.status == status) return failure.code;
    return failures[0].code;
}

// What programs are told.
std::string said(std::string_view code, std::string_view part) {
    return phrase(Language::zh, std::string{code} + std::string{part});
}

}  // namespace

Response PublicAnswers::page(int status, std::string html, const Request& request) const {
    Response response{status, "text/html; charset=utf-8", std::move(html)};
    protect(response, context_.base_url.is_https());
    const auto query = Form::parse(request.query);
    for (const auto& choice : {elder_choice, english_choice}) {
        if (!query || query->first(choice.parameter).empty()) continue;
        const bool on = query->first(choice.parameter) == choice.chosen;
        response.headers.emplace_back("Set-Cookie",
                                      std::string{choice.cookie} + (on ? "=1; Max-Age=31536000" : "=; Max-Age=0") +
                                          "; Path=/; SameSite=Lax" + (context_.base_url.is_https() ? "; Secure" : ""));
    }
    return response;
}

Response PublicAnswers::notice(int status, std::string_view what, const Request& request) const {
    auto look = context_.look(request);
    // Of what we do not serve nothing is repeated in a link: //elsewhere is another site.
    look.path = request.reads() && status != 404 ? look.path : "/";
    return page(status, notice_page(look, what), request);
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
    boost::json::object body{{"type", "about:blank"}, {"title", said(name_of(status, false), ".title")},
                             {"status", status},      {"code", code},
                             {"detail", reason},      {"reason", reason},
                             {"remedy", remedy}};
    if (!field.empty()) body["field"] = field;
    auto response = json(status, serialize(body));
    response.content_type = "application/problem+json";
    return response;
}

Response PublicAnswers::failure(int status, const Request& request) const {
    const auto code = name_of(status, !request.reads());
    auto response = context_.is_api(request) ? problem(status, code, said(code, ".text"), said(code, ".remedy"))
                                             : notice(status, code, request);
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
            constexpr std::string_view code = "not_saved";
            auto response = is_api ? answers.problem(503, code, said(code, ".text"), said(code, ".remedy"))
                                   : answers.notice(503, code, request);
            response.headers.emplace_back("Retry-After", "5");
            return response;
        }
        Response operator()(run::InDoubt) const { return answers.failure(503, request); }
        Response operator()(const run::Failed& failed) const { return answers.store_failure(failed.why, request); }
    };
    return std::visit(Answer{*this, context_.is_api(request), request, decided}, outcome);
}

}  // namespace hcp::web
