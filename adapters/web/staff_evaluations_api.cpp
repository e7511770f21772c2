#include "adapters/web/evaluation_json.hpp"
#include "adapters/web/staff_routes.hpp"
#include "plugin/app/identities/leak_cases.hpp"
#include "plugin/app/identities/list_unmaskings.hpp"
#include "plugin/app/identities/unmask.hpp"
#include "plugin/app/rating/find_evaluations.hpp"
#include "plugin/record/json.hpp"

#include <algorithm>
#include <utility>

// One evaluation at the desk: found by the number of its case, and who rated, where that may be seen.
namespace hcp::web {
namespace {

namespace json = boost::json;
using app::LeakRefusal, app::UnmaskingRefusal;
using domain::Action, domain::EvaluationId, domain::Field;

constexpr RefusalCode<UnmaskingRefusal> unmasking_refusals[] = {
    {UnmaskingRefusal::unknown_actor, 403, "unknown_actor"},
    {UnmaskingRefusal::not_allowed, 403, "not_allowed"},
    {UnmaskingRefusal::no_such_evaluation, 404, "not_found"},
    {UnmaskingRefusal::erased, 409, "erased"},
    {UnmaskingRefusal::no_phone, 422, "no_phone"},
    {UnmaskingRefusal::no_purpose, 422, "no_purpose"},
    {UnmaskingRefusal::no_reason, 422, "no_reason"},
};
constexpr RefusalCode<LeakRefusal> leak_refusals[] = {
    {LeakRefusal::unknown_actor, 403, "unknown_actor"},
    {LeakRefusal::not_allowed, 403, "not_allowed"},
    {LeakRefusal::no_such_evaluation, 404, "not_found"},
    {LeakRefusal::no_such_case, 404, "not_found"},
    {LeakRefusal::erased, 409, "erased"},
    {LeakRefusal::decided_already, 409, "decided_already"},
    {LeakRefusal::no_finding, 422, "no_finding"},
    {LeakRefusal::no_words, 422, "no_words"},
    {LeakRefusal::unknown_culprit, 422, "unknown_culprit"},
    {LeakRefusal::culprit_needless, 422, "culprit_needless"},
};

app::IdentityMeans identity_means(const StaffCall& call) {
    const auto& means = call.context.staff.means;
    return {means.books, means.keys, means.writer};
}

bool sees_any(const StaffCall& call, std::initializer_list<Field> fields) {
    return std::ranges::any_of(fields,
                               [&](Field one) { return reach_of(call.viewer(), one) != domain::Reach::nothing; });
}

json::object json_of(const domain::Stopwatch& watch) {
    json::value used, over;
    if (watch.used) used = watch.used->count();
    if (watch.over) over = *watch.over;
    return {{"promise", watch.promise ? domain::text_of(*watch.promise) : std::string_view{}},
            {"due_us", record::json_of(watch.due)},
            {"used_minutes", used},
            {"over", over}};
}

json::object json_of(const app::FoundEvaluation& found) {
    auto out = to_json(found.facts);
    out["id"] = record::id_text(found.id);
    out["case"] = record::id_text(found.case_id);
    out["department_id"] = found.department_id;
    out["role"] = static_cast<int>(found.facts.role);
    out["erased"] = found.facts.erased;
    out["stopwatch"] = json_of(found.stopwatch);
    json::array may;
    for (const auto shown : found.may_unmask) may.emplace_back(code_of(shown));
    out["may_unmask"] = std::move(may);
    return out;
}

Response find(const StaffCall& call) {
    if (!sees_any(call, {Field::case_facts})) return call.not_allowed();
    const auto query = Form::parse(call.request.query);
    const auto case_no = query ? std::string{domain::trimmed(query->first("case_no"))} : std::string{};
    if (case_no.empty()) return call.refused(422, "invalid", "没有写办件编号：写完整的办件编号", "case_no");
    const auto found =
        app::find_evaluations(call.context.staff.store, call.context.staff.means.keys, call.context.services.rules,
                              call.context.services.show, call.viewer(), case_no, call.now());
    if (!found) return call.store_failure(found.error());
    json::array evaluations;
    for (const auto& one : *found) evaluations.push_back(json_of(one));
    return call.json(200, json::object{{"evaluations", std::move(evaluations)}});
}

Response told_subject(const StaffCall& call, const app::SeenSubject& seen) {
    const auto& subject = seen.subject;
    json::object out{{"unmasking", record::id_text(seen.id)},
                     {"shown", code_of(seen.shown)},
                     {"seen_at_us", domain::to_us(seen.seen_at)},
                     {"may_be_contacted", seen.may_be_contacted}};
    if (seen.shown == domain::Unmasked::phone) {
        out["mobile"] = subject.mobile;
        return call.json(200, out);
    }
    json::array agents;
    if (!subject.agent_name.empty() || !subject.agent_no.empty())
        agents.push_back({{"name", subject.agent_name}, {"no", subject.agent_no}});
    for (const auto& agent : subject.other_agents) agents.push_back({{"name", agent.name}, {"no", agent.no}});
    out["name"] = subject.name;
    out["certificate_kind"] = subject.certificate_kind;
    out["certificate_no"] = subject.certificate_no;
    out["agents"] = std::move(agents);
    return call.json(200, out);
}

Response unmask(const StaffCall& call) {
    if (!sees_any(call, {Field::subject_identity, Field::subject_phone})) return call.not_allowed();
    const auto id = id_from<EvaluationId>(call.parameters.at("id"));
    if (!id) return call.not_found();
    StaffBody body{call};
    const auto shown = body.text("shown"), purpose = body.text("purpose"), reason = body.text("reason");
    if (body.fault()) return *body.fault();
    const auto what = domain::unmasked_from(shown);
    if (!what) return call.refused(422, "invalid", "没有这一项：选身份或电话", "shown");
    return answered(
        call,
        app::unmask(identity_means(call), call.actor(), {*id, *what, domain::unmasking_purpose_from(purpose), reason}),
        unmasking_refusals, [&](const app::SeenSubject& seen) { return told_subject(call, seen); });
}

Response who_saw(const StaffCall& call) {
    if (!call.may_any({Action::read_unmaskings})) return call.not_allowed();
    const auto id = id_from<EvaluationId>(call.parameters.at("id"));
    if (!id) return call.not_found();
    const auto rows = app::unmaskings_of(call.context.staff.store, call.context.staff.means.keys, *id);
    if (!rows) return call.store_failure(rows.error());
    json::array unmaskings;
    for (const auto& one : *rows) unmaskings.push_back(app::json_of(one));
    return call.json(200, json::object{{"unmaskings", std::move(unmaskings)}});
}

Response told_leak(const StaffCall& call, int status, domain::LeakCaseId id) {
    return call.json(status, json::object{{"id", record::id_text(id)}});
}

Response report(const StaffCall& call) {
    if (!call.may_any({Action::report_leak})) return call.not_allowed();
    const auto id = id_from<EvaluationId>(call.parameters.at("id"));
    if (!id) return call.not_found();
    StaffBody body{call};
    const auto occasion = body.text("occasion");
    if (body.fault()) return *body.fault();
    return answered(call, app::report_leak(identity_means(call), call.actor(), *id, occasion), leak_refusals,
                    [&](domain::LeakCaseId done) { return told_leak(call, 201, done); });
}

Response leaks(const StaffCall& call) {
    if (!call.may_any({Action::read_unmaskings})) return call.not_allowed();
    const auto page = StaffPage<domain::LeakCaseId>::of(call.request);
    if (!page) return call.bad_page();
    const auto rows =
        app::list_leaks(call.context.staff.store, call.context.staff.means.keys, page->before(), page->limit);
    if (!rows) return call.store_failure(rows.error());
    json::array told;
    for (const auto& one : *rows) told.push_back(app::json_of(one));
    json::value next;
    if (rows->size() == page->limit) next = record::id_text(rows->back().row.id);
    return call.json(200, json::object{{"leaks", std::move(told)}, {"next", next}});
}

Response decide(const StaffCall& call) {
    if (!call.may_any({Action::decide_leak})) return call.not_allowed();
    const auto id = id_from<domain::LeakCaseId>(call.parameters.at("id"));
    if (!id) return call.not_found();
    StaffBody body{call};
    const auto finding = body.text("finding"), culprit = body.text("culprit"), outcome = body.text("outcome");
    if (body.fault()) return *body.fault();
    return answered(call,
                    app::decide_leak(identity_means(call), call.actor(), *id,
                                     {domain::leak_finding_from(finding), culprit, outcome}),
                    leak_refusals, [&](domain::LeakCaseId done) { return told_leak(call, 200, done); });
}

}  // namespace

void add_staff_evaluations_api(RouteTable& routes, const SharedStaff& context) {
    add_read(routes, context, "/api/v1/staff/evaluations", find);
    add_change(routes, context, Method::post, "/api/v1/staff/evaluations/{id}/unmask", unmask);
    add_read(routes, context, "/api/v1/staff/evaluations/{id}/unmaskings", who_saw);
    add_change(routes, context, Method::post, "/api/v1/staff/evaluations/{id}/leaks", report);
    add_read(routes, context, "/api/v1/staff/leaks", leaks);
    add_change(routes, context, Method::post, "/api/v1/staff/leaks/{id}/decision", decide);
}

}  // namespace hcp::web
