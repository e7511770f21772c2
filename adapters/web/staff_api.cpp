#include "adapters/web/staff_site.hpp"
#include "plugin/app/desk_sessions/sign_out.hpp"
#include "plugin/domain/staff.hpp"

#include <boost/json.hpp>

namespace hcp::web {
namespace {

namespace json = boost::json;
using app::DeskSession;
using domain::to_us;

std::function<Response()> nobody(const SharedStaff& context, const std::shared_ptr<const Request>& request) {
    return [context, request] { return context->answers.failure(401, *request); };
}

Response nothing_left(const StaffContext& context) {
    auto response = context.answers.json(200, "{}");
    response.headers.emplace_back("Set-Cookie", StaffContext::no_cookie());
    return response;
}

json::object json_of(const ports::StaffSessionRow& row, bool own) {
    return {{"id", std::to_string(row.id.value())}, {"current", own},
            {"way", domain::code_of(row.way)},      {"since_us", to_us(row.since)},
            {"seen_at_us", to_us(row.seen_at)},     {"idle_ends_at_us", to_us(row.idle_ends_at)},
            {"ends_at_us", to_us(row.ends_at)}};
}

Response who_am_i(const StaffContext& context, const DeskSession& session) {
    json::array roles;
    for (const auto role : session.viewer.roles) roles.emplace_back(domain::code_of(role));
    return context.answers.json(200, serialize(json::object{{"staff_id", session.viewer.staff_id},
                                                            {"name", session.name},
                                                            {"department_id", session.viewer.department_id},
                                                            {"roles", std::move(roles)},
                                                            {"session", json_of(session.row, true)}}));
}

Response my_sessions(const StaffContext& context, const Request& request, const DeskSession& session) {
    const auto rows = ports::ask(context.staff.store, [&](ports::Snapshot& snapshot) {
        return snapshot.staff_sessions().live_of(session.row.staff_id, context.services.clock.now());
    });
    if (!rows) return context.answers.store_failure(rows.error(), request);
    json::array sessions;
    for (const auto& row : *rows) sessions.push_back(json_of(row, row.id == session.row.id));
    return context.answers.json(200, serialize(json::object{{"sessions", std::move(sessions)}}));
}

}  // namespace

void add_staff_api(RouteTable& routes, const SharedStaff& context) {
    routes.add(Method::get, "/api/v1/staff/session", [context](auto request, const auto&, auto reply) {
        context->signed_on(request, reply, nobody(context, request),
                           [context](const DeskSession& session) { return who_am_i(*context, session); });
    });
    routes.add(Method::get, "/api/v1/staff/sessions", [context](auto request, const auto&, auto reply) {
        context->signed_on(request, reply, nobody(context, request), [context, request](const DeskSession& session) {
            return my_sessions(*context, *request, session);
        });
    });
    routes.add(Method::remove, "/api/v1/staff/session", [context](auto request, const auto&, auto reply) {
        context->changes(request, reply, nobody(context, request), [context, request](const DeskSession& session) {
            const auto done = app::sign_out(context->staff.means, session.row);
            return done ? nothing_left(*context) : context->answers.store_failure(done.error(), *request);
        });
    });
    routes.add(Method::remove, "/api/v1/staff/sessions", [context](auto request, const auto&, auto reply) {
        context->changes(request, reply, nobody(context, request), [context, request](const DeskSession& session) {
            const auto done =
                app::sign_out_everywhere(context->staff.means, session.row.staff_id, session.row.staff_id);
            return done ? nothing_left(*context) : context->answers.store_failure(done.error(), *request);
        });
    });
}

}  // namespace hcp::web
