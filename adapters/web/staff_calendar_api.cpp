#include "adapters/web/staff_routes.hpp"
#include "plugin/app/catalogue/activate_local_days.hpp"
#include "plugin/app/catalogue/show_calendar.hpp"
#include "plugin/app/rating/preview_calendar.hpp"

#include <filesystem>

namespace hcp::web {
namespace {

namespace json = boost::json;
using app::ActivationRefusal;
using domain::Action;

constexpr RefusalCode<ActivationRefusal> activation_refusals[] = {
    {ActivationRefusal::unknown_actor, 403, "unknown_actor"}, {ActivationRefusal::not_allowed, 403, "not_allowed"},
    {ActivationRefusal::no_calendar, 409, "no_calendar"},     {ActivationRefusal::nothing_new, 409, "nothing_new"},
    {ActivationRefusal::version_taken, 409, "version_taken"},
};
constexpr std::size_t moves_shown = 50;

// Every fault of the files, each without the folders of this machine.
Response refused_files(const StaffCall& call, const std::vector<ports::Fault>& faults) {
    json::array rows;
    for (const auto& fault : faults) {
        auto place = std::filesystem::path{fault.file}.filename().string();
        if (fault.line > 0) place += ":" + std::to_string(fault.line);
        rows.push_back({{"part", place}, {"column", fault.key}, {"problem", fault.problem}, {"remedy", fault.remedy}});
    }
    return call.refused(409, "files_faulty", "规则文件有错，读不出要启用的安排：由技术部门改正后重新载入", {},
                        std::move(rows));
}

// `use(rules, calendar in force)`, where both can be had.
template <class Use>
Response with_calendars(const StaffCall& call, const Use& use) {
    const auto& staff = call.context.staff;
    const auto offered = staff.offered_rules();
    if (const auto* const faults = std::get_if<std::vector<ports::Fault>>(&offered))
        return refused_files(call, *faults);
    const auto standing = app::calendar_standing(staff.store, staff.rule_texts);
    if (!standing) return call.store_failure(standing.error());
    return use(*std::get<std::shared_ptr<const record::Rules>>(offered), *standing);
}

Response show_calendar(const StaffCall& call) {
    return with_calendars(call, [&](const record::Rules& offered, const std::optional<domain::Calendar>& standing) {
        return call.json(200, app::json_of(offered.calendar, standing, domain::day_of(call.now())));
    });
}

Response preview(const StaffCall& call) {
    if (!call.may_any({Action::activate_local_days, Action::read_health})) return call.not_allowed();
    return with_calendars(call, [&](const record::Rules& offered, const std::optional<domain::Calendar>&) {
        const auto& staff = call.context.staff;
        const auto moves = app::preview_calendar(staff.store, staff.rule_texts, offered, call.now(), moves_shown,
                                                 [] { return false; });
        if (!moves) return call.store_failure(moves.error());
        auto told = app::json_of(*moves);
        told["offered"] = offered.calendar.version();
        return call.json(200, told);
    });
}

// Of the version that he has seen, and no other: the files may have changed since.
Response activate(const StaffCall& call) {
    if (!call.may_any({Action::activate_local_days})) return call.not_allowed();
    StaffBody body{call};
    const auto seen = body.text("offered");
    if (body.fault()) return *body.fault();
    return with_calendars(call, [&](const record::Rules& offered, const std::optional<domain::Calendar>&) {
        if (offered.calendar.version() != seen)
            return call.refused(412, "changed_since", "文件在您查看之后变了：重新查看影响，再启用", "offered");
        const auto& staff = call.context.staff;
        return answered(call,
                        app::activate_local_days(
                            {staff.means.books, staff.means.keys.digests, staff.rule_texts, staff.means.writer},
                            call.actor(), offered.calendar),
                        activation_refusals, [&](const std::string& version) {
                            return call.json(200, json::object{{"in_force", version}});
                        });
    });
}

}  // namespace

void add_staff_calendar_api(RouteTable& routes, const SharedStaff& context) {
    add_read(routes, context, "/api/v1/staff/calendar", show_calendar);
    add_read(routes, context, "/api/v1/staff/calendar/preview", preview);
    add_change(routes, context, Method::post, "/api/v1/staff/calendar/activation", activate);
}

}  // namespace hcp::web
