#include "adapters/web/staff_routes.hpp"
#include "plugin/app/catalogue/interpret_rule.hpp"
#include "plugin/record/json.hpp"

// The rules by their versions, and how the centre interprets them.
namespace hcp::web {
namespace {

using app::InterpretationRefusal;
using domain::Action;

constexpr RefusalCode<InterpretationRefusal> interpretation_refusals[] = {
    {InterpretationRefusal::unknown_actor, 403, "unknown_actor"},
    {InterpretationRefusal::not_allowed, 403, "not_allowed"},
    {InterpretationRefusal::no_such_rule, 422, "no_such_rule"},
    {InterpretationRefusal::no_text, 422, "no_text"},
};

Response policies(const StaffCall& call) {
    const auto& staff = call.context.staff;
    const auto told =
        app::policies_json(staff.store, *call.context.services.rules.current(), staff.rule_texts, call.now());
    return told ? call.json(200, *told) : call.store_failure(told.error());
}

Response interpret(const StaffCall& call) {
    if (!call.may_any({Action::interpret_rule})) return call.not_allowed();
    StaffBody body{call};
    const auto version = body.text("version"), key = body.text("key"), text = body.text("text");
    if (body.fault()) return *body.fault();
    const auto& staff = call.context.staff;
    const app::InterpretingMeans means{staff.means.books, call.context.services.rules, staff.rule_texts,
                                       staff.means.writer};
    return answered(call, app::interpret_rule(means, call.actor(), version, key, text), interpretation_refusals,
                    [&](domain::InterpretationId id) {
                        return call.json(201, boost::json::object{{"id", record::id_text(id)}});
                    });
}

}  // namespace

void add_staff_policies_api(RouteTable& routes, const SharedStaff& context) {
    add_read(routes, context, "/api/v1/staff/policies", policies);
    add_change(routes, context, Method::post, "/api/v1/staff/interpretations", interpret);
}

}  // namespace hcp::web
