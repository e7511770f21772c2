#include "adapters/web/staff_routes.hpp"
#include "adapters/web/staff_unmaskings.hpp"
#include "plugin/domain/day_text.hpp"
#include "plugin/record/json.hpp"

#include <utility>

namespace hcp::web {

namespace json = boost::json;
using domain::Action, domain::UnmaskingId;

std::optional<app::Period> month_asked(const std::string& query, domain::Instant now) {
    const auto form = Form::parse(query);
    if (!form) return std::nullopt;
    auto text = form->first("month");
    const auto today = domain::text_of(domain::day_of(now));
    if (text.empty()) text = std::string_view{today}.substr(0, 7);
    const auto month = domain::month_from(text);
    if (!month) return std::nullopt;
    return app::Period{domain::start_of(month->first), domain::start_of(month->next)};
}

namespace {

Response no_month(const StaffCall& call) {
    return call.refused(422, "invalid", "月份不对：写成 2026-09 这样", "month");
}

Response list(const StaffCall& call) {
    if (!call.may_any({Action::read_unmaskings})) return call.not_allowed();
    const auto month = month_asked(call.request.query, call.now());
    if (!month) return no_month(call);
    const auto page = StaffPage<UnmaskingId>::of(call.request);
    if (!page) return call.bad_page();
    const auto rows = app::unmaskings_between(call.context.staff.store, call.context.staff.means.keys, *month,
                                              page->before(), page->limit);
    if (!rows) return call.store_failure(rows.error());
    json::array unmaskings;
    for (const auto& one : *rows) unmaskings.push_back(app::json_of(one));
    json::value next;
    if (rows->size() == page->limit) next = record::id_text(rows->back().row.id);
    return call.json(200, json::object{{"unmaskings", std::move(unmaskings)}, {"next", next}});
}

Response report(const StaffCall& call) {
    if (!call.may_any({Action::read_unmaskings})) return call.not_allowed();
    const auto month = month_asked(call.request.query, call.now());
    if (!month) return no_month(call);
    const auto counts = app::unmasking_report(call.context.staff.store, *month);
    if (!counts) return call.store_failure(counts.error());
    json::array rows;
    for (const auto& one : *counts) rows.push_back(app::json_of(one));
    return call.json(200, json::object{{"from_us", domain::to_us(month->from)},
                                       {"to_us", domain::to_us(month->to)},
                                       {"rows", std::move(rows)}});
}

}  // namespace

void add_staff_unmaskings_api(RouteTable& routes, const SharedStaff& context) {
    add_read(routes, context, "/api/v1/staff/unmaskings", list);
    add_read(routes, context, "/api/v1/staff/unmaskings/report", report);
}

}  // namespace hcp::web
