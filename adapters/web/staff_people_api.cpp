#include "adapters/web/staff_routes.hpp"
#include "plugin/app/desk_sessions/invite.hpp"
#include "plugin/app/desk_sessions/sign_out.hpp"
#include "plugin/app/people/confirm_role.hpp"
#include "plugin/app/people/end_role.hpp"
#include "plugin/app/people/list_people.hpp"
#include "plugin/app/people/propose_role.hpp"
#include "plugin/record/json.hpp"

namespace hcp::web {
namespace {

namespace json = boost::json;
using app::DeskRefusal, app::PeopleRefusal;
using domain::Action, domain::RoleGrantId;

constexpr RefusalCode<PeopleRefusal> people_refusals[] = {
    {PeopleRefusal::unknown_actor, 403, "unknown_actor"},
    {PeopleRefusal::not_allowed, 403, "not_allowed"},
    {PeopleRefusal::own_role, 403, "own_role"},
    {PeopleRefusal::signed_already, 403, "signed_already"},
    {PeopleRefusal::unknown_person, 422, "unknown_person"},
    {PeopleRefusal::never_granted, 422, "never_granted"},
    {PeopleRefusal::has_it_already, 409, "has_it_already"},
    {PeopleRefusal::excluded, 409, "excluded"},
    {PeopleRefusal::no_such_grant, 404, "no_such_grant"},
    {PeopleRefusal::not_waiting, 409, "not_waiting"},
    {PeopleRefusal::ended_already, 409, "ended_already"},
    {PeopleRefusal::no_reason, 422, "no_reason"},
};
constexpr RefusalCode<DeskRefusal> desk_refusals[] = {
    {DeskRefusal::unknown_actor, 403, "unknown_actor"},
    {DeskRefusal::not_allowed, 403, "not_allowed"},
    {DeskRefusal::own_link, 403, "own_link"},
    {DeskRefusal::unknown_person, 422, "unknown_person"},
};

app::PeopleMeans means_of(const StaffCall& call) {
    const auto& means = call.context.staff.means;
    return {means.books, means.keys, means.writer};
}

Response access(const StaffCall& call) {
    json::array roles, rows;
    for (const auto role : domain::staff_roles)
        roles.push_back({{"code", domain::code_of(role)}, {"name", domain::text_of(role)}});
    for (const auto& row : domain::access_rows()) {
        json::array reaches;
        for (const auto reach : row.reaches) reaches.emplace_back(domain::code_of(reach));
        rows.push_back({{"kind", row.kind == domain::AccessRow::Kind::field ? "field" : "action"},
                        {"code", row.code},
                        {"name", row.text},
                        {"reaches", std::move(reaches)}});
    }
    return call.json(200, json::object{{"roles", std::move(roles)}, {"rows", std::move(rows)}});
}

Response people(const StaffCall& call) {
    if (!call.may_any({Action::see_roster})) return call.not_allowed();
    auto listed = app::list_people(call.context.staff.store, call.context.staff.means.keys, call.now());
    if (!listed) return call.store_failure(listed.error());
    return call.json(200, app::json_of(app::visible_people(*std::move(listed), call.viewer())));
}

Response told_grant(const StaffCall& call, int status, RoleGrantId id) {
    return call.json(status, json::object{{"id", record::id_text(id)}});
}

Response propose(const StaffCall& call) {
    if (!call.may_any({Action::propose_role, Action::propose_first_technical})) return call.not_allowed();
    StaffBody body{call};
    const auto staff_id = body.text("staff_id"), role_text = body.text("role");
    if (body.fault()) return *body.fault();
    const auto role = domain::staff_role_from(role_text);
    if (!role) return call.refused(422, "invalid", "没有这一岗位：从岗位表中选一个", "role");
    return answered(call, app::propose_role(means_of(call), call.actor(), {staff_id, *role}), people_refusals,
                    [&](RoleGrantId id) { return told_grant(call, 201, id); });
}

Response confirm(const StaffCall& call) {
    if (!call.may_any({Action::confirm_role})) return call.not_allowed();
    const auto id = id_from<RoleGrantId>(call.parameters.at("id"));
    if (!id) return call.not_found();
    return answered(call, app::confirm_role(means_of(call), call.actor(), *id), people_refusals,
                    [&](RoleGrantId done) { return told_grant(call, 200, done); });
}

Response end(const StaffCall& call) {
    if (!call.may_any({Action::end_role, Action::withdraw_proposal})) return call.not_allowed();
    const auto id = id_from<RoleGrantId>(call.parameters.at("id"));
    if (!id) return call.not_found();
    StaffBody body{call};
    const auto why = body.text("why");
    if (body.fault()) return *body.fault();
    return answered(call, app::end_role(means_of(call), call.actor(), *id, why), people_refusals,
                    [&](RoleGrantId done) { return told_grant(call, 200, done); });
}

Response invite(const StaffCall& call) {
    if (!call.may_any({Action::invite_staff})) return call.not_allowed();
    if (!call.context.settings.invite)
        return call.refused(409, "invite_off", "本站不用一次性链接登录：需要时在 [staff] invite 启用");
    return answered(call, app::invite(call.context.staff.means, call.actor(), call.parameters.at("staff_id")),
                    desk_refusals, [&](const app::Invited& invited) {
                        return call.json(201, json::object{{"code", invited.token},
                                                           {"until_us", domain::to_us(invited.invite.until)}});
                    });
}

Response end_sessions(const StaffCall& call) {
    if (!call.may_any({Action::end_staff_sessions})) return call.not_allowed();
    return answered(call,
                    app::sign_out_everywhere(call.context.staff.means, call.actor(), call.parameters.at("staff_id")),
                    desk_refusals, [&](std::int64_t ended) {
                        return call.json(200, json::object{{"ended", ended}});
                    });
}

}  // namespace

void add_staff_people_api(RouteTable& routes, const SharedStaff& context) {
    add_read(routes, context, "/api/v1/staff/access", access);
    add_read(routes, context, "/api/v1/staff/people", people);
    add_change(routes, context, Method::post, "/api/v1/staff/grants", propose);
    add_change(routes, context, Method::post, "/api/v1/staff/grants/{id}/confirmation", confirm);
    add_change(routes, context, Method::post, "/api/v1/staff/grants/{id}/ending", end);
    add_change(routes, context, Method::post, "/api/v1/staff/people/{staff_id}/invite", invite);
    add_change(routes, context, Method::remove, "/api/v1/staff/people/{staff_id}/sessions", end_sessions);
}

}  // namespace hcp::web
