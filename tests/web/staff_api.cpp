#include "adapters/web/staff_site.hpp"
#include "plugin/domain/access.hpp"
#include "tests/web/api_desk.hpp"

#include <cctype>
#include <set>

using namespace hcp;
using namespace hcp::test;

namespace {

std::string path_of(std::string_view path) {
    return ' ' + std::string{path};
}
std::string upper(std::string_view text) {
    std::string up{text};
    for (auto& c : up) c = static_cast<char>(std::toupper(c));
    return up;
}
web::Method method_of(std::string_view text) {
    return text == "GET" ? web::Method::get : text == "POST" ? web::Method::post : web::Method::remove;
}

}  // namespace

SCENARIO("every call of the staff API is answered to whom the table of access says, and to nobody else",
         "[web][live]") {
    ApiDesk desk;
    struct Call {
        std::string method, path, body;
        std::function<bool(const Viewer&)> allowed;
    };
    const auto everybody = [](const Viewer&) { return true; };
    const auto with = [](std::initializer_list<Action> actions) {
        return [all = std::vector<Action>{actions}](const Viewer& viewer) {
            return std::ranges::any_of(all, [&](Action one) { return reach_of(viewer, one) != Reach::nothing; });
        };
    };
    const auto sees_all_cases = [](const Viewer& viewer) {
        return reach_of(viewer, Field::case_facts) == Reach::everywhere;
    };
    const std::vector<Call> calls{
        {"GET", "/session", "", everybody},
        {"GET", "/sessions", "", everybody},
        {"GET", "/access", "", everybody},
        {"GET", "/openapi.json", "", everybody},
        {"GET", "/catalogue", "", everybody},
        {"GET", "/catalogue/check", "", everybody},
        {"GET", "/catalogue/items/none", "", everybody},
        {"GET", "/people", "", with({Action::see_roster})},
        {"GET", "/calendar", "", everybody},
        {"GET", "/calendar/preview", "", with({Action::activate_local_days, Action::read_health})},
        {"POST", "/calendar/activation", R"({"offered":"x"})", with({Action::activate_local_days})},
        {"GET", "/health", "", with({Action::read_health})},
        {"GET", "/deliveries", "", sees_all_cases},
        {"GET", "/deliveries/1", "", sees_all_cases},
        {"GET", "/unassigned", "",
         with({Action::attribute_case, Action::attribute_rated_case, Action::sign_attribution})},
        {"POST", "/deliveries/retry", R"({"ids":["1"]})", with({Action::retry_delivery})},
        {"POST", "/deliveries/hold", R"({"ids":["1"]})", with({Action::hold_delivery})},
        {"POST", "/deliveries/release", R"({"ids":["1"]})", with({Action::hold_delivery})},
        {"POST", "/deliveries/1/service", R"({"number":1})", with({Action::adopt_service})},
        {"POST", "/grants", R"({"staff_id":"S9","role":"finance"})",
         with({Action::propose_role, Action::propose_first_technical})},
        {"POST", "/people/S9/invite", "{}", with({Action::invite_staff})},
        {"DELETE", "/people/S9/sessions", "", with({Action::end_staff_sessions})},
        {"POST", "/grants/1/confirmation", "{}", with({Action::confirm_role})},
        {"POST", "/grants/1/ending", R"({"why":"x"})", with({Action::end_role, Action::withdraw_proposal})},
        {"POST", "/cases/1/attribution", R"({"reason":"x"})",
         with({Action::attribute_case, Action::attribute_rated_case})},
        {"POST", "/attributions/1/signature", "{}", with({Action::sign_attribution})},
        {"POST", "/catalogue/releases", "{}", with({Action::release_catalogue})},
        {"GET", "/inbox", "", everybody},
        {"POST", "/inbox/read", R"({"ids":["1"]})", everybody},
        {"GET", "/evaluations?case_no=C1", "",
         [](const Viewer& viewer) { return reach_of(viewer, Field::case_facts) != Reach::nothing; }},
        {"POST", "/evaluations/1/unmask", R"({"shown":"identity"})",
         [](const Viewer& viewer) { return reach_of(viewer, Field::subject_identity) != Reach::nothing; }},
        {"GET", "/evaluations/1/unmaskings", "", with({Action::read_unmaskings})},
        {"POST", "/evaluations/1/leaks", R"({"occasion":"x"})", with({Action::report_leak})},
        {"GET", "/leaks", "", with({Action::read_unmaskings})},
        {"POST", "/leaks/1/decision", R"({"finding":"unfounded","outcome":"x"})", with({Action::decide_leak})},
        {"GET", "/unmaskings", "", with({Action::read_unmaskings})},
        {"GET", "/unmaskings/report", "", with({Action::read_unmaskings})},
        {"GET", "/ledger/check", "", with({Action::verify_ledger})},
        {"POST", "/ledger/check", "{}", with({Action::verify_ledger})},
        {"GET", "/coverage", "", with({Action::read_coverage})},
        {"POST", "/coverage", R"({"from":"2026-01-01","to":"2026-12-31"})", with({Action::read_coverage})},
        {"GET", "/policies", "", everybody},
        {"POST", "/interpretations", R"({"version":"2020","key":"window_days","text":"x"})",
         with({Action::interpret_rule})},
        {"GET", "/exports", "", with({Action::read_exports})},
        {"POST", "/exports", R"({"list":"people","form":"csv"})",
         with({Action::see_roster})},  // others: staff_exports.cpp
    };
    // The document has the routes that exist, and each of them is called here.
    std::set<std::string> documented, served, called;
    const auto document = ApiDesk::object_of(desk.read("S1", "/openapi.json"));
    for (const auto& [path, methods] : document.at("paths").as_object())
        for (const auto& [method, details] : methods.as_object()) documented.insert(upper(method) + path_of(path));
    const web::StaffSite site{desk.services(), desk.staff_services(), desk.staff};
    for (const auto& route : site.routes().routes())
        if (route.pattern.starts_with("/api/"))
            served.insert(std::string{web::text_of(route.method)} + path_of(route.pattern));
    for (const auto& call : calls)
        for (const auto& route : site.routes().routes())
            if (route.method == method_of(call.method) &&
                site.routes().match(route.method, "/api/v1/staff" + call.path.substr(0, call.path.find('?'))).route ==
                    &route)
                called.insert(std::string{web::text_of(route.method)} + path_of(route.pattern));
    CHECK(documented == served);
    served.erase("DELETE /api/v1/staff/session");  // whoever signs out calls no more: tested in staff.cpp
    served.erase("DELETE /api/v1/staff/sessions");
    CHECK(called == served);
    for (const auto& call : calls) {
        INFO(call.method << " " << call.path);
        const auto nobody = desk.send("", call.method, call.path, call.body);
        CHECK(nobody.status == 401);
        CHECK_FALSE(contains(nobody.body, "S1"));
        for (const auto& [who, cookie] : desk.cookies) {
            INFO(who);
            const auto answer = desk.send(who, call.method, call.path, call.body);
            CHECK((answer.status == 403) == !call.allowed(desk.viewer(who)));
            CHECK(answer.status != 500);
            if (answer.status >= 400) CHECK(answer.headers.at("content-type") == "application/problem+json");
        }
    }
}

SCENARIO("whoever asks is told what he is and has", "[web][live]") {
    ApiDesk desk;
    const auto technical = ApiDesk::object_of(desk.read("S5", "/session"));
    CHECK(ApiDesk::text_at(technical, "staff_id") == "S5");
    std::set<std::string> may;
    for (const auto& one : technical.at("may").as_array()) may.insert(ApiDesk::text_at(one.as_object(), "action"));
    CHECK(may.contains("retry_delivery"));
    CHECK_FALSE(may.contains("confirm_role"));
    const auto access = ApiDesk::object_of(desk.read("S1", "/access"));
    CHECK(access.at("roles").as_array().size() == staff_roles.size());
    for (const auto& row : access.at("rows").as_array())
        CHECK(row.at("reaches").as_array().size() == staff_roles.size());
}

SCENARIO("what a body or a query has wrong is told with its field, and nothing is done", "[web][live]") {
    ApiDesk desk;
    const auto field_of = [](const Answered& answer) {
        CHECK(answer.status == 422);
        const auto problem = ApiDesk::object_of(answer);
        CHECK_FALSE(problem.at("remedy").as_string().empty());
        return problem.contains("field") ? ApiDesk::text_at(problem, "field") : std::string{};
    };
    CHECK(field_of(desk.send("S5", "POST", "/grants", "[1]")).empty());
    CHECK(field_of(desk.send("S5", "POST", "/grants", "{")).empty());
    CHECK(field_of(desk.send("S5", "POST", "/grants", R"({"staff_id":7})")) == "staff_id");
    CHECK(field_of(desk.send("S5", "POST", "/grants", R"({"staff_id":"S1","role":"king"})")) == "role");
    CHECK(field_of(desk.send("S5", "POST", "/deliveries/retry", R"({"ids":"1"})")) == "ids");
    CHECK(field_of(desk.send("S5", "POST", "/deliveries/retry", R"({"ids":["x"]})")) == "ids");
    CHECK(field_of(desk.send("S5", "POST", "/deliveries/retry", R"({"ids":[]})")) == "ids");
    CHECK(field_of(desk.send("S5", "POST", "/deliveries/1/service", R"({"number":"one"})")) == "number");
    CHECK(field_of(desk.read("S5", "/deliveries?state=lost")) == "state");
    CHECK(field_of(desk.read("S5", "/deliveries?reason=lost")) == "reason");
    CHECK(field_of(desk.read("S5", "/deliveries?from=2026-13-01")) == "from");
    CHECK(field_of(desk.read("S5", "/deliveries?min_attempts=-1")) == "min_attempts");
    CHECK(field_of(desk.read("S5", "/deliveries?limit=1000")) == "limit");
    CHECK(field_of(desk.read("S5", "/unassigned?after=x")) == "limit");
    CHECK(field_of(desk.read("S3", "/evaluations")) == "case_no");
    CHECK(field_of(desk.send("S3", "POST", "/coverage", R"({"from":"2026","to":"2026-01-01"})")) == "from");
    CHECK(field_of(desk.send("S3", "POST", "/coverage", R"({"from":"2026-01-02","to":"2026-01-01"})")) == "to");
    CHECK(field_of(desk.send("S3", "POST", "/evaluations/1/unmask", R"({"shown":"all"})")) == "shown");
    CHECK(field_of(desk.read("S3", "/unmaskings?month=2026-13")) == "month");
    CHECK(field_of(desk.read("S3", "/unmaskings/report?month=2026-9")) == "month");
    const auto cookie = StaffDesk::with_cookie(desk.cookies.at("S5"));
    CHECK(desk.StaffDesk::post("/api/v1/staff/grants", "staff_id=S1", StaffDesk::own_page + cookie).status == 415);
    CHECK(desk.StaffDesk::ask("POST", "/api/v1/staff/grants",
                              StaffDesk::foreign_page + cookie + "Content-Type: application/json\r\n", "{}")
              .status == 403);
}

SCENARIO("what takes long is begun once, and told once it has ended", "[web][live]") {
    ApiDesk desk;
    const auto ended = [&](const std::string& who, const std::string& path) {
        for (int tries = 0; tries < 2000; ++tries) {
            auto state = ApiDesk::object_of(desk.read(who, path));
            if (!state.at("running").as_bool() && !state.at("ended_at_us").is_null()) return state;
            std::this_thread::sleep_for(5ms);
        }
        FAIL("it has no end");
        return json::object{};
    };
    CHECK(ApiDesk::object_of(desk.read("S5", "/ledger/check")).at("report").is_null());
    CHECK(desk.send("S5", "POST", "/ledger/check", "{}").status == 202);
    const auto ledger = ended("S3", "/ledger/check");
    CHECK(ApiDesk::text_at(ledger, "begun_by") == "S5");
    const auto& report = ledger.at("report").as_object();
    CHECK(report.at("findings").as_array().empty());
    CHECK(report.at("entries").as_int64() > 0);
    CHECK(desk.send("S3", "POST", "/ledger/check", "{}").status == 202);

    CHECK(desk.send("S3", "POST", "/coverage", R"({"from":"2026-09-01","to":"2026-09-30"})").status == 202);
    const auto coverage = ended("S5", "/coverage").at("report").as_object();
    for (const auto* part : {"items", "departments", "people", "windows", "channels"}) {
        INFO(part);
        const auto& one = coverage.at(part).as_object();
        CHECK(one.at("all").as_int64() == one.at("covered").as_int64() + std::ssize(one.at("gaps").as_array()));
    }
}
