#include "adapters/web/staff_routes.hpp"
#include "plugin/app/catalogue/attribute_case.hpp"
#include "plugin/app/catalogue/list_catalogue.hpp"
#include "plugin/app/catalogue/list_unassigned.hpp"
#include "plugin/app/catalogue/release_catalogue.hpp"
#include "plugin/record/json.hpp"

#include <utility>

namespace hcp::web {
namespace {

namespace json = boost::json;
using app::AttributionRefusal, app::CatalogueRefusal;
using domain::Action;

constexpr RefusalCode<AttributionRefusal> attribution_refusals[] = {
    {AttributionRefusal::unknown_actor, 403, "unknown_actor"},
    {AttributionRefusal::not_allowed, 403, "not_allowed"},
    {AttributionRefusal::no_such_case, 404, "no_such_case"},
    {AttributionRefusal::withdrawn, 409, "withdrawn"},
    {AttributionRefusal::no_such_item, 422, "no_such_item"},
    {AttributionRefusal::no_such_department, 422, "no_such_department"},
    {AttributionRefusal::unknown_handler, 422, "unknown_handler"},
    {AttributionRefusal::nothing_changes, 422, "nothing_changes"},
    {AttributionRefusal::no_reason, 422, "no_reason"},
    {AttributionRefusal::no_such_attribution, 404, "no_such_attribution"},
    {AttributionRefusal::not_waiting, 409, "not_waiting"},
    {AttributionRefusal::signed_already, 403, "signed_already"},
};
constexpr RefusalCode<CatalogueRefusal> catalogue_refusals[] = {
    {CatalogueRefusal::unknown_actor, 403, "unknown_actor"},
    {CatalogueRefusal::not_allowed, 403, "not_allowed"},
    {CatalogueRefusal::no_drafts, 409, "no_drafts"},
};

app::CatalogueMeans means_of(const StaffCall& call) {
    const auto& means = call.context.staff.means;
    return {means.books, means.keys, means.writer};
}

Response unassigned(const StaffCall& call) {
    if (!call.may_any({Action::attribute_case, Action::attribute_rated_case, Action::sign_attribution}))
        return call.not_allowed();
    const auto page = StaffPage<domain::CaseId>::of(call.request);
    if (!page) return call.bad_page();
    const auto& staff = call.context.staff;
    const auto listed = app::list_unassigned(staff.store, staff.means.keys, page->after, page->limit);
    if (!listed) return call.store_failure(listed.error());
    auto body = app::json_of(*listed);
    body["next"] = nullptr;
    if (listed->cases.size() == page->limit) body["next"] = record::id_text(listed->cases.back().row.id);
    return call.json(200, body);
}

Response told_attributed(const StaffCall& call, const app::Attributed& done) {
    return call.json(200, json::object{{"id", record::id_text(done.id)},
                                       {"in_effect", done.in_effect},
                                       {"released", done.released},
                                       {"told", done.told}});
}

Response attribute(const StaffCall& call) {
    if (!call.may_any({Action::attribute_case, Action::attribute_rated_case})) return call.not_allowed();
    const auto id = id_from<domain::CaseId>(call.parameters.at("id"));
    if (!id) return call.not_found();
    StaffBody body{call};
    app::AttributionRequest request;
    request.case_id = *id;
    request.item_code = body.text("item_code");
    request.department_id = body.text("department_id");
    request.handlers = body.texts("handlers");
    request.reason = body.text("reason");
    if (body.fault()) return *body.fault();
    return answered(call, app::attribute_case(means_of(call), call.actor(), request), attribution_refusals,
                    [&](const app::Attributed& done) { return told_attributed(call, done); });
}

Response sign(const StaffCall& call) {
    if (!call.may_any({Action::sign_attribution})) return call.not_allowed();
    const auto id = id_from<domain::AttributionId>(call.parameters.at("id"));
    if (!id) return call.not_found();
    return answered(call, app::sign_attribution(means_of(call), call.actor(), *id), attribution_refusals,
                    [&](const app::Attributed& done) { return told_attributed(call, done); });
}

// What it says is public once it is released, and whoever works here may see what will be.
Response catalogue(const StaffCall& call) {
    const auto listed = app::list_catalogue(call.context.staff.store);
    if (!listed) return call.store_failure(listed.error());
    return call.json(200, json::object{{"editions", app::json_of(*listed)}});
}

Response sheet(const StaffCall& call) {
    const auto part = domain::part_from(call.parameters.at("part"));
    if (!part) return call.not_found();
    const auto found = app::catalogue_sheet(call.context.staff.store, *part, call.parameters.at("code"));
    if (!found) return call.store_failure(found.error());
    return *found ? call.json(200, **found) : call.not_found();
}

json::array json_of(const std::vector<app::CatalogueReleased::One>& all) {
    json::array rows;
    for (const auto& one : all) rows.push_back({{"part", domain::code_of(one.part)}, {"code", one.code}});
    return rows;
}

json::array json_of(const std::vector<ports::Fault>& faults) {
    json::array rows;
    for (const auto& fault : faults)
        rows.push_back({{"part", fault.file.substr(0, fault.file.find('.'))},
                        {"column", fault.key},
                        {"problem", fault.problem},
                        {"remedy", fault.remedy}});
    return rows;
}

Response check(const StaffCall& call) {
    const auto checked = app::check_catalogue(call.context.staff.store, call.now());
    if (!checked) return call.store_failure(checked.error());
    return call.json(200, json::object{{"drafts", json_of(checked->released)}, {"faults", json_of(checked->faults)}});
}

Response release(const StaffCall& call) {
    if (!call.may_any({Action::release_catalogue})) return call.not_allowed();
    return answered(
        call, app::release_catalogue(means_of(call), call.actor()), catalogue_refusals,
        [&](const app::CatalogueReleased& done) {
            if (!done.faults.empty())
                return call.refused(422, "faulty", "发布后的目录有错，什么也没有发布：按所列逐条改正草稿后再发布", {},
                                    json_of(done.faults));
            return call.json(200, json::object{{"released", json_of(done.released)}, {"left", json_of(done.left)}});
        });
}

}  // namespace

void add_staff_catalogue_api(RouteTable& routes, const SharedStaff& context) {
    add_read(routes, context, "/api/v1/staff/unassigned", unassigned);
    add_change(routes, context, Method::post, "/api/v1/staff/cases/{id}/attribution", attribute);
    add_change(routes, context, Method::post, "/api/v1/staff/attributions/{id}/signature", sign);
    add_read(routes, context, "/api/v1/staff/catalogue", catalogue);
    add_read(routes, context, "/api/v1/staff/catalogue/check", check);
    add_read(routes, context, "/api/v1/staff/catalogue/{part}/{code}", sheet);
    add_change(routes, context, Method::post, "/api/v1/staff/catalogue/releases", release);
}

}  // namespace hcp::web
