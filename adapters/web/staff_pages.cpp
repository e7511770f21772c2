#include "adapters/web/assets.hpp"
#include "adapters/web/embedded.hpp"
#include "adapters/web/pages.hpp"
#include "adapters/web/staff_page.hpp"
#include "adapters/web/staff_site.hpp"
#include "plugin/app/desk_sessions/list_sessions.hpp"
#include "plugin/app/desk_sessions/sign_out.hpp"

namespace hcp::web {
namespace {

void show(const SharedStaff& context, const std::shared_ptr<const Request>& request, const Reply& reply) {
    const auto nobody = [context] {
        const auto& settings = context->settings;
        return context->answers.page(
            200, staff_sign_on_page({settings.invite, settings.portal_url ? settings.portal_url->text : std::string{},
                                     context->staff.openid ? context->staff.openid_name : std::string{}}));
    };
    context->signed_on(request, reply, nobody, [context, request](const app::DeskSession& session) {
        const auto sessions =
            app::list_sessions(context->staff.store, session.row.staff_id, context->services.clock.now());
        if (!sessions) return context->answers.store_failure(sessions.error(), *request);
        return context->answers.page(200, staff_page(session, *sessions));
    });
}

// Whoever was nobody before is so afterwards as well: the answer is the same.
Response signed_out(const StaffContext& context) {
    auto response = context.answers.redirect("/staff/");
    response.headers.emplace_back("Set-Cookie", StaffContext::no_cookie());
    return response;
}

template <class End>
void sign_out(const SharedStaff& context, const std::shared_ptr<const Request>& request, const Reply& reply, End end) {
    context->changes(
        request, reply, [context] { return signed_out(*context); },
        [context, request, end](const app::DeskSession& session) {
            const auto done = end(context->staff.means, session.row);
            return done ? signed_out(*context) : context->answers.store_failure(done.error(), *request);
        });
}

}  // namespace

void add_staff_pages(RouteTable& routes, const SharedStaff& context) {
    routes.add(Method::get, "/", [context](const auto&, const auto&, const Reply& reply) {
        reply(context->answers.redirect(std::string{staff_home()}));
    });
    routes.add(Method::get, "/staff/",
               [context](auto request, const auto&, auto reply) { show(context, request, reply); });
    routes.add(Method::post, "/staff/sign-out", [context](auto request, const auto&, auto reply) {
        sign_out(context, request, reply, [](const app::DeskMeans& means, const ports::StaffSessionRow& row) {
            return app::sign_out(means, row);
        });
    });
    routes.add(Method::post, "/staff/sign-out-everywhere", [context](auto request, const auto&, auto reply) {
        sign_out(context, request, reply, [](const app::DeskMeans& means, const ports::StaffSessionRow& row) {
            return app::sign_out_everywhere(means, row.staff_id, row.staff_id);
        });
    });
    for (const auto* const name : {"assets/site.css", "desk/desk.css", "desk/desk.js"})
        if (const auto* const file = embedded_file(name))
            routes.add(Method::get, asset_path(name), [file](const auto& request, const auto&, const Reply& reply) {
                reply(asset_response(*file, request->accept_encoding));
            });
    if (staff_home() != "/desk/") return;
    routes.add(Method::get, "/desk/", [context](auto request, const auto&, auto reply) {
        context->signed_on(
            request, reply, [context] { return context->answers.redirect("/staff/"); },
            [context](const app::DeskSession&) { return context->answers.page(200, desk_page()); });
    });
}

}  // namespace hcp::web
