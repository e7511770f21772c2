#include "adapters/web/form.hpp"
#include "adapters/web/protection.hpp"
#include "adapters/web/staff_page.hpp"
#include "adapters/web/staff_site.hpp"
#include "plugin/app/desk_sessions/attempt.hpp"

#include <string>
#include <utility>
#include <variant>

// Signing on where the centre's people are known already. The browser goes there with what an attempt says, and comes
// back with a code; what binds both ways is a cookie that is sent where another site leads.
namespace hcp::web {
namespace {

constexpr std::string_view cookie_name = "__Host-hcp-attempt";
constexpr std::string_view cookie_terms = "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=";
constexpr std::string_view back_path = "/staff/openid/back";
constexpr std::size_t longest_code = 4096;

std::string cookie(std::string_view value, std::chrono::seconds life) {
    return std::string{cookie_name}.append("=").append(value).append(cookie_terms) + std::to_string(life.count());
}

std::string back_of(const StaffContext& context) {
    return context.settings.base_url.text + std::string{back_path};
}

Response without_attempt(Response response) {
    response.headers.emplace_back("Set-Cookie", cookie("", std::chrono::seconds{0}));
    return response;
}

// Why is for the log alone: whoever is refused learns nothing of it.
Response failed(const StaffContext& context, const Request& request, const ports::IdentityFault& fault) {
    context.services.log.often(ports::LogLevel::warning, "工作人员未能以统一身份认证登录", fault.why);
    return fault.unreachable
               ? context.answers.page(503, staff_notice_page("暂时无法登录", context.staff.openid_name + "没有应答",
                                                             "请稍后再试，或换一种方式登录"))
               : context.answers.failure(403, request);
}

void begin(const SharedStaff& context, const std::shared_ptr<const Request>& request, const Reply& reply) {
    auto begun = app::begin_attempt(context->staff.means.tokens, context->staff.means.keys, back_of(*context),
                                    context->services.clock.now());
    if (!begun) return reply(context->answers.store_failure(begun.error(), *request));
    context->staff.openid->authorize(begun->says, [context, request, reply, token = begun->cookie](
                                                      std::variant<std::string, ports::IdentityFault> to) {
        if (const auto* const fault = std::get_if<ports::IdentityFault>(&to))
            return reply(failed(*context, *request, *fault));
        auto response = context->answers.redirect(std::get<std::string>(to));
        response.headers.emplace_back("Set-Cookie", cookie(token, app::attempt_life));
        reply(std::move(response));
    });
}

void come_back(const SharedStaff& context, const std::shared_ptr<const Request>& request, const Reply& reply) {
    const auto refused = [&] { reply(without_attempt(context->answers.failure(403, *request))); };
    const auto query = Form::parse(request->query);
    if (!query) return refused();
    const auto now = context->services.clock.now();
    const auto state = query->first("state"), code = query->first("code");
    auto attempt = app::attempt_of(context->staff.means.keys, cookie_value(request->cookie, cookie_name), state,
                                   back_of(*context), now);
    if (!attempt || !context->attempts.first(state, now, now + app::attempt_life)) return refused();
    // Without a code the provider says why it gives none, in words of its own: he refused, or may not.
    if (code.empty() || code.size() > longest_code) return refused();
    context->staff.openid->redeem(
        *attempt, std::string{code}, [context, request, reply](std::variant<std::string, ports::IdentityFault> who) {
            if (const auto* const fault = std::get_if<ports::IdentityFault>(&who))
                return reply(without_attempt(failed(*context, *request, *fault)));
            context->on(
                context->staff.writer, request, reply,
                [context, request, staff_id = std::get<std::string>(std::move(who))] {
                    return without_attempt(answer_sign_on(
                        *context, *request, app::sign_on_by_openid(context->staff.means, context->lives, staff_id),
                        context->answers.page(200, staff_welcome_page())));
                });
        });
}

}  // namespace

void add_staff_openid(RouteTable& routes, const SharedStaff& context) {
    routes.add(Method::get, "/staff/openid",
               [context](auto request, const auto&, auto reply) { begin(context, request, reply); });
    routes.add(Method::get, std::string{back_path},
               [context](auto request, const auto&, auto reply) { come_back(context, request, reply); });
}

}  // namespace hcp::web
