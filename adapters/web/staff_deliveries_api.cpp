#include "adapters/web/staff_deliveries.hpp"
#include "plugin/app/province/adopt_service.hpp"
#include "plugin/app/province/change_deliveries.hpp"
#include "plugin/app/province/delivery_words.hpp"
#include "plugin/app/province/list_deliveries.hpp"
#include "plugin/record/json.hpp"

namespace hcp::web {
namespace {

namespace json = boost::json;
using app::DeliveryChange;
using domain::DeliveryId;

constexpr auto longest_batch = 100;

app::DeliveryTerms terms_of(const StaffCall& call) {
    return {call.context.staff.bridge, call.now()};
}

Response list(const StaffCall& call) {
    if (!sees_deliveries(call)) return call.not_allowed();
    const auto filter = deliveries_filter(call.request.query);
    if (const auto* const wrong = std::get_if<WrongField>(&filter))
        return call.refused(422, "invalid", wrong->said, wrong->field);
    const auto& asked = std::get<ports::DeliveryFilter>(filter);
    const auto page = app::list_deliveries(call.context.staff.store, asked);
    if (!page) return call.store_failure(page.error());
    json::array deliveries;
    for (const auto& one : page->deliveries) deliveries.push_back(app::json_of(one));
    json::value next;
    if (page->deliveries.size() == asked.limit) next = record::id_text(page->deliveries.back().delivery.id);
    return call.json(200, json::object{{"deliveries", std::move(deliveries)}, {"next", next}, {"total", page->total}});
}

Response show_delivery(const StaffCall& call) {
    if (!sees_deliveries(call)) return call.not_allowed();
    const auto id = id_from<DeliveryId>(call.parameters.at("id"));
    if (!id) return call.not_found();
    const auto found = app::find_delivery(call.context.staff.store, *id);
    if (!found) return call.store_failure(found.error());
    if (!*found) return call.not_found();
    const auto& summary = (*found)->summary;
    const auto& bridge = call.context.staff.bridge;
    const auto story = app::story_of(summary.delivery, bridge.settle);
    const auto why_not = [&](DeliveryChange change) { return app::hindrance(change, summary.delivery, bridge); };
    auto sheet = app::json_of(summary);
    sheet["story"] = {{"happened", story.happened}, {"known", story.known}, {"next", story.next}};
    sheet["hindrances"] = {{"retry", why_not(DeliveryChange::retry)},
                           {"hold", why_not(DeliveryChange::hold)},
                           {"release", why_not(DeliveryChange::release)}};
    sheet["dossier"] = app::json_of((*found)->listing);
    return call.json(200, sheet);
}

Response change(const StaffCall& call, DeliveryChange change) {
    if (!call.may_any({action_of(change)})) return call.not_allowed();
    StaffBody body{call};
    const auto ids = body.ids<DeliveryId>("ids");
    if (body.fault()) return *body.fault();
    if (ids.empty() || ids.size() > longest_batch)
        return call.refused(422, "invalid", "没有选择推送，或超过 100 条：重新选择", "ids");
    const auto changed = app::change_deliveries_as(call.context.staff.store, call.context.staff.means.keys,
                                                   call.viewer(), change, ids, terms_of(call));
    if (!changed) return call.store_failure(changed.error());
    json::array rows;
    std::int64_t done = 0;
    for (const auto& one : *changed) {
        done += one.why.empty() ? 1 : 0;
        rows.push_back({{"id", record::id_text(one.id)}, {"done", one.why.empty()}, {"reason", one.why}});
    }
    return call.json(200, json::object{{"done", done}, {"rows", std::move(rows)}});
}

Response adopt(const StaffCall& call) {
    if (!call.may_any({domain::Action::adopt_service})) return call.not_allowed();
    const auto id = id_from<DeliveryId>(call.parameters.at("id"));
    if (!id) return call.not_found();
    StaffBody body{call};
    const auto number = body.number("number");
    if (body.fault()) return *body.fault();
    const auto reply = app::adopt_service_as(call.context.staff.store, call.context.staff.means.keys, call.viewer(),
                                             *id, number, terms_of(call));
    if (!reply) return call.store_failure(reply.error());
    if (const auto* const why = std::get_if<std::string>(&*reply)) return call.refused(409, "not_adopted", *why);
    return call.json(200, json::object{});
}

StaffWork changing(DeliveryChange which) {
    return [which](const StaffCall& call) { return change(call, which); };
}

}  // namespace

void add_staff_deliveries_api(RouteTable& routes, const SharedStaff& context) {
    add_read(routes, context, "/api/v1/staff/deliveries", list);
    add_read(routes, context, "/api/v1/staff/deliveries/{id}", show_delivery);
    add_change(routes, context, Method::post, "/api/v1/staff/deliveries/retry", changing(DeliveryChange::retry));
    add_change(routes, context, Method::post, "/api/v1/staff/deliveries/hold", changing(DeliveryChange::hold));
    add_change(routes, context, Method::post, "/api/v1/staff/deliveries/release", changing(DeliveryChange::release));
    add_change(routes, context, Method::post, "/api/v1/staff/deliveries/{id}/service", adopt);
}

}  // namespace hcp::web
