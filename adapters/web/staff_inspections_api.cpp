#include "adapters/web/staff_inspections.hpp"
#include "adapters/web/staff_routes.hpp"
#include "plugin/domain/day_text.hpp"
#include "plugin/record/json.hpp"

#include <utility>

// What takes long: it is begun, and asked for until it has ended.
namespace hcp::web {
namespace {

namespace json = boost::json;
using domain::Action;

template <class Inspection>
json::object told(const Inspection& inspection) {
    const auto state = inspection.state();
    json::object out{{"running", state.running},
                     {"begun_by", state.begun_by},
                     {"begun_at_us", record::json_of(state.begun_at)},
                     {"ended_at_us", record::json_of(state.ended_at)},
                     {"rows", state.met},
                     {"failed", ""},
                     {"report", nullptr}};
    if (!state.outcome) return out;
    if (*state.outcome)
        out["report"] = app::json_of(**state.outcome);
    else
        out["failed"] = state.outcome->error().message();
    return out;
}

Response begun(const StaffCall& call, bool done) {
    if (!done) return call.refused(409, "running", "正在进行：等它完成，或刷新查看");
    return call.json(202, json::object{});
}

Response show_ledger(const StaffCall& call) {
    if (!call.may_any({Action::verify_ledger})) return call.not_allowed();
    return call.json(200, told(call.context.staff.inspections.ledger));
}
Response begin_ledger(const StaffCall& call) {
    if (!call.may_any({Action::verify_ledger})) return call.not_allowed();
    return begun(call, call.context.staff.inspections.ledger.begin(call.actor(), {}));
}

Response show_coverage(const StaffCall& call) {
    if (!call.may_any({Action::read_coverage})) return call.not_allowed();
    return call.json(200, told(call.context.staff.inspections.coverage));
}
Response begin_coverage(const StaffCall& call) {
    if (!call.may_any({Action::read_coverage})) return call.not_allowed();
    StaffBody body{call};
    const auto from = body.text("from"), to = body.text("to");
    if (body.fault()) return *body.fault();
    const auto first = domain::day_from(from), last = domain::day_from(to);
    if (!first) return call.refused(422, "invalid", "开始日期不对：写成 2026-09-01 这样", "from");
    if (!last || *last < *first)
        return call.refused(422, "invalid", "结束日期不对：写成 2026-09-30 这样，不早于开始日期", "to");
    const StaffInspections::Days days{*first, *last + std::chrono::days{1}};
    return begun(call, call.context.staff.inspections.coverage.begin(call.actor(), days));
}

}  // namespace

void add_staff_inspections_api(RouteTable& routes, const SharedStaff& context) {
    add_read(routes, context, "/api/v1/staff/ledger/check", show_ledger);
    add_change(routes, context, Method::post, "/api/v1/staff/ledger/check", begin_ledger);
    add_read(routes, context, "/api/v1/staff/coverage", show_coverage);
    add_change(routes, context, Method::post, "/api/v1/staff/coverage", begin_coverage);
}

}  // namespace hcp::web
