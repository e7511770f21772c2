#include "adapters/web/form.hpp"
#include "adapters/web/media_type.hpp"
#include "adapters/web/protection.hpp"
#include "adapters/web/staff_page.hpp"
#include "adapters/web/staff_site.hpp"
#include "plugin/app/desk_sessions/sign_on.hpp"
#include "plugin/app/desk_sessions/sign_out.hpp"

#include <utility>

namespace hcp::web {
namespace {

constexpr std::size_t longest_secret = 512;

// A ticket may be posted by the page of the trading platform that gave it, and by no other site's: whoever has one of
// his own could else sign somebody on as himself.
bool from_the_portal(const Request& request, const ports::StaffWebSettings& settings) {
    return settings.portal_url && OwnHosts{*settings.portal_url, {}}.is_origin(request.origin, {});
}

// The session of before goes once another is there.
void close_former(const StaffContext& context, const Request& request) {
    const auto former = app::find_session(context.staff.store, context.staff.means.keys, context.services.clock.now(),
                                          StaffContext::token_of(request));
    if (former && former->session) (void)app::sign_out(context.staff.means, former->session->row);
}

}  // namespace

Response answer_sign_on(const StaffContext& context, const Request& request,
                        const ports::result<std::optional<app::SignedOnDesk>>& opened, Response welcome) {
    if (!opened) return context.answers.store_failure(opened.error(), request);
    if (!*opened) return context.answers.failure(403, request);
    close_former(context, request);
    welcome.headers.emplace_back("Set-Cookie", StaffContext::cookie((*opened)->token));
    return welcome;
}

namespace {

void by_invite(const SharedStaff& context, const std::shared_ptr<const Request>& request, const Reply& reply,
               std::string code) {
    if (!context->settings.invite || !from_our_own_page(*request, context->own_hosts))
        return reply(context->answers.failure(403, *request));
    context->on(context->staff.writer, request, reply, [context, request, code = std::move(code)] {
        return answer_sign_on(*context, *request, app::sign_on_by_invite(context->staff.means, context->lives, code),
                              context->answers.redirect(std::string{staff_home()}));
    });
}

void by_ticket(const SharedStaff& context, const std::shared_ptr<const Request>& request, const Reply& reply,
               std::string ticket) {
    if (!from_the_portal(*request, context->settings) && !from_our_own_page(*request, context->own_hosts))
        return reply(context->answers.failure(403, *request));
    context->services.redeem(std::move(ticket), [context, request, reply](std::optional<ports::SignedOn> who) {
        context->on(context->staff.writer, request, reply, [context, request, who = std::move(who)] {
            return answer_sign_on(*context, *request, app::sign_on_by_ticket(context->staff.means, context->lives, who),
                                  context->answers.page(200, staff_welcome_page()));
        });
    });
}

void sign_on(const SharedStaff& context, const std::shared_ptr<const Request>& request, const Reply& reply) {
    if (!is_media_type(request->content_type, "application/x-www-form-urlencoded"))
        return reply(context->answers.failure(415, *request));
    const auto form = Form::parse(request->body);
    if (!form) return reply(context->answers.failure(400, *request));
    const auto code = form->first("code"), ticket = form->first("ticket");
    if (code.empty() == ticket.empty() || code.size() > longest_secret || ticket.size() > longest_secret)
        return reply(context->answers.failure(400, *request));
    if (!code.empty()) return by_invite(context, request, reply, std::string{code});
    by_ticket(context, request, reply, std::string{ticket});
}

}  // namespace

void add_staff_sign_on(RouteTable& routes, const SharedStaff& context) {
    routes.add(Method::post, "/staff/sign-on",
               [context](auto request, const auto&, auto reply) { sign_on(context, request, reply); });
}

}  // namespace hcp::web
