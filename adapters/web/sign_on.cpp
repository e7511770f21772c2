#include "adapters/web/form.hpp"
#include "adapters/web/protection.hpp"
#include "adapters/web/public_site.hpp"

namespace hcp::web {

using std::chrono::steady_clock;

namespace {

// A session of before goes only when another is there: whoever follows an old link again stays signed on.
void sign_on(const Shared& context, const std::shared_ptr<const Request>& request, const Reply& reply) {
    if (request->method == Method::head)
        return reply(context->answers.failure(405, *request));  // whoever only looks must not use the ticket up
    const auto query = Form::parse(request->query);
    const auto ticket = query ? query->first("ticket") : std::string_view{};
    if (ticket.empty() || ticket.size() > 512) return reply(context->answers.notice(400, "signed_off", *request));
    context->services.redeem(std::string{ticket}, [context, request, reply](std::optional<ports::SignedOn> who) {
        if (!who) return reply(context->answers.notice(403, "ticket_expired", *request));
        if (who->staff) return reply(context->answers.notice(403, "staff", *request));
        context->sessions.close(context->session_of(*request));
        auto response = context->answers.redirect("/my");
        const auto secret = context->sessions.open(*std::move(who), steady_clock::now());
        response.headers.emplace_back("Set-Cookie", context->session_cookie(secret));
        reply(std::move(response));
    });
}

void sign_out(const Shared& context, const std::shared_ptr<const Request>& request, const Reply& reply) {
    if (!from_our_own_page(*request, context->own_hosts)) return reply(context->answers.failure(403, *request));
    context->sessions.close(context->session_of(*request));
    auto response = context->answers.redirect("/");
    response.headers.emplace_back("Set-Cookie", context->session_cookie("") + "; Max-Age=0");
    reply(std::move(response));
}

}  // namespace

void add_sign_on(RouteTable& routes, const Shared& context) {
    routes.add(Method::get, "/s",
               [context](auto request, const auto&, auto reply) { sign_on(context, request, reply); });
    routes.add(Method::post, "/sign-out",
               [context](auto request, const auto&, auto reply) { sign_out(context, request, reply); });
}

}  // namespace hcp::web
