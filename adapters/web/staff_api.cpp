#include "adapters/web/embedded.hpp"
#include "adapters/web/staff_routes.hpp"
#include "plugin/app/desk_sessions/list_sessions.hpp"
#include "plugin/app/desk_sessions/sign_out.hpp"

#include <utility>

namespace hcp::web {
namespace {

namespace json = boost::json;

Response nothing_left(const StaffCall& call) {
    auto response = call.json(200, json::object{});
    response.headers.emplace_back("Set-Cookie", StaffContext::no_cookie());
    return response;
}

json::object json_of(const ports::StaffSessionRow& row, const StaffCall& call) {
    auto session = app::json_of(row);
    session["current"] = row.id == call.session.row.id;
    return session;
}

Response who_am_i(const StaffCall& call) {
    json::array roles, may, sees, forms;
    for (const auto role : call.viewer().roles) roles.emplace_back(domain::code_of(role));
    for (const auto& one : domain::granted_to(call.viewer())) {
        const bool action = one.kind == domain::AccessRow::Kind::action;
        (action ? may : sees)
            .push_back({{action ? "action" : "field", one.code}, {"reach", domain::code_of(one.reach)}});
    }
    for (const auto form : {domain::FileForm::csv, domain::FileForm::xlsx})
        if (call.context.staff.sheets.can_write(form)) forms.emplace_back(code_of(form));
    return call.json(200, json::object{{"staff_id", call.actor()},
                                       {"name", call.session.name},
                                       {"department_id", call.viewer().department_id},
                                       {"roles", std::move(roles)},
                                       {"may", std::move(may)},
                                       {"sees", std::move(sees)},
                                       {"file_forms", std::move(forms)},
                                       {"session", json_of(call.session.row, call)}});
}

Response my_sessions(const StaffCall& call) {
    const auto rows = app::list_sessions(call.context.staff.store, call.actor(), call.now());
    if (!rows) return call.store_failure(rows.error());
    json::array sessions;
    for (const auto& row : *rows) sessions.push_back(json_of(row, call));
    return call.json(200, json::object{{"sessions", std::move(sessions)}});
}

Response health(const StaffCall& call) {
    if (!call.may_any({domain::Action::read_health})) return call.not_allowed();
    return call.context.answers.json(200, call.context.services.health_json());
}

}  // namespace

void add_staff_api(RouteTable& routes, const SharedStaff& context) {
    add_read(routes, context, "/api/v1/staff/session", who_am_i);
    add_read(routes, context, "/api/v1/staff/sessions", my_sessions);
    add_read(routes, context, "/api/v1/staff/health", health);
    add_read(routes, context, "/api/v1/staff/openapi.json", [](const StaffCall& call) {
        return call.context.answers.json(200, std::string{embedded_file("staff_openapi.json")->bytes});
    });
    add_change(routes, context, Method::remove, "/api/v1/staff/session", [](const StaffCall& call) {
        const auto done = app::sign_out(call.context.staff.means, call.session.row);
        return done ? nothing_left(call) : call.store_failure(done.error());
    });
    add_change(routes, context, Method::remove, "/api/v1/staff/sessions", [](const StaffCall& call) {
        const auto done = app::sign_out_everywhere(call.context.staff.means, call.actor(), call.actor());
        return done ? nothing_left(call) : call.store_failure(done.error());
    });
}

}  // namespace hcp::web
