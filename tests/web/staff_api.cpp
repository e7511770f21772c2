#include "adapters/web/staff_site.hpp"
#include "plugin/app/catalogue/import_catalogue.hpp"
#include "plugin/domain/access.hpp"
#include "plugin/record/people.hpp"
#include "tests/web/staff_desk.hpp"

#include <boost/json.hpp>

#include <cctype>
#include <set>

using namespace hcp;
using namespace hcp::test;

namespace json = boost::json;

namespace {

// Beside those of StaffDesk: S1 is a contact and S2 a head of a department, S6 signs second.
struct ApiDesk : StaffDesk {
    ApiDesk() {
        grant("S5", "S1", StaffRole::contact, "S3");
        grant("S5", "S2", StaffRole::head, "S3");
        grant("S5", "S6", StaffRole::second_signer, "S3");
        clock.set(clock.now() + 1s);
        start();
        for (const auto* id : {"S1", "S2", "S3", "S4", "S5", "S6"}) {
            give_ticket(id, id);
            cookies[id] = cookie_of(StaffDesk::post("/staff/sign-on", std::string{"ticket="} + id));
        }
    }
    Answered send(const std::string& who, const std::string& method, const std::string& path,
                  const std::string& body = {}) {
        std::string head = own_page;
        if (!who.empty()) head += with_cookie(cookies.at(who));
        if (!body.empty()) head += "Content-Type: application/json\r\n";
        return StaffDesk::ask(method, "/api/v1/staff" + path, head, body);
    }
    Answered read(const std::string& who, const std::string& path) { return send(who, "GET", path); }
    Answered post(const std::string& who, const std::string& path, const json::value& body) {
        return send(who, "POST", path, serialize(body));
    }
    static json::object object_of(const Answered& answer) {
        INFO(answer.body);
        return json::parse(answer.body).as_object();
    }
    static std::string code_of(const Answered& answer) { return std::string{object_of(answer).at("code").as_string()}; }
    static std::string text_at(const json::object& from, std::string_view name) {
        return std::string{from.at(name).as_string()};
    }
    Viewer viewer(std::string_view who) {
        const auto found = Desk::ask([&](ports::Snapshot& snapshot) {
            return record::viewer_at(record::people_in(snapshot), who, clock.now());
        });
        REQUIRE(found);
        return *found;
    }

    std::map<std::string, std::string> cookies;
};

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
    };
    // The document has the routes that exist, and each of them is called here.
    std::set<std::string> documented, served, called;
    const auto document = ApiDesk::object_of(desk.read("S1", "/openapi.json"));
    for (const auto& [path, methods] : document.at("paths").as_object())
        for (const auto& [method, details] : methods.as_object()) documented.insert(upper(method) + path_of(path));
    const web::StaffSite site{desk.services(), {*desk.store, desk.means(), desk.writer}, desk.staff};
    for (const auto& route : site.routes().routes())
        if (route.pattern.starts_with("/api/"))
            served.insert(std::string{web::text_of(route.method)} + path_of(route.pattern));
    for (const auto& call : calls)
        for (const auto& route : site.routes().routes())
            if (route.method == method_of(call.method) &&
                site.routes().match(route.method, "/api/v1/staff" + call.path).route == &route)
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

SCENARIO("the technical department proposes, supervision confirms and ends, and each refusal says why", "[web][live]") {
    ApiDesk desk;
    const auto proposed = desk.post("S5", "/grants", {{"staff_id", "S1"}, {"role", "finance"}});
    REQUIRE(proposed.status == 201);
    const auto id = ApiDesk::text_at(ApiDesk::object_of(proposed), "id");
    CHECK(ApiDesk::code_of(desk.post("S5", "/grants", {{"staff_id", "S1"}, {"role", "finance"}})) == "has_it_already");
    CHECK(ApiDesk::code_of(desk.post("S5", "/grants/" + id + "/confirmation", json::object{})) == "not_allowed");
    // The first technical person is there: supervision proposes no other.
    CHECK(ApiDesk::code_of(desk.post("S3", "/grants", {{"staff_id", "S2"}, {"role", "technical"}})) == "not_allowed");
    CHECK(desk.post("S1", "/grants/" + id + "/confirmation", json::object{}).status == 403);
    CHECK(desk.post("S3", "/grants/" + id + "/confirmation", json::object{}).status == 200);
    CHECK(desk.post("S4", "/grants/" + id + "/confirmation", json::object{}).status == 409);

    const auto people = ApiDesk::object_of(desk.read("S3", "/people"));
    CHECK(people.at("people").as_array().size() == 6);
    bool there = false;
    for (const auto& grant : people.at("grants").as_array())
        there |= ApiDesk::text_at(grant.as_object(), "id") == id &&
                 ApiDesk::text_at(grant.as_object(), "confirmed_by") == "S3";
    CHECK(there);
    // A department sees its own people alone.
    const auto own = ApiDesk::object_of(desk.read("S2", "/people"));
    for (const auto& person : own.at("people").as_array())
        CHECK(ApiDesk::text_at(person.as_object(), "department_id") == "D2");

    const auto silent = desk.post("S4", "/grants/" + id + "/ending", {{"why", "  "}});
    CHECK(silent.status == 422);
    CHECK(ApiDesk::code_of(silent) == "no_reason");
    CHECK(desk.post("S4", "/grants/" + id + "/ending", {{"why", "岗位调整"}}).status == 200);
    CHECK(desk.post("S4", "/grants/" + id + "/ending", {{"why", "岗位调整"}}).status == 409);
    CHECK(desk.post("S4", "/grants/999/ending", {{"why", "岗位调整"}}).status == 404);
    CHECK(desk.post("S4", "/grants/x/ending", {{"why", "岗位调整"}}).status == 404);

    const auto invited = desk.post("S3", "/people/S2/invite", json::object{});
    REQUIRE(invited.status == 201);
    const auto code = ApiDesk::text_at(ApiDesk::object_of(invited), "code");
    CHECK(desk.StaffDesk::post("/staff/sign-on", "code=" + code).status == 303);
    CHECK(ApiDesk::object_of(desk.send("S3", "DELETE", "/people/S2/sessions")).at("ended").as_int64() == 2);
    CHECK(desk.read("S2", "/session").status == 401);
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
    const auto cookie = StaffDesk::with_cookie(desk.cookies.at("S5"));
    CHECK(desk.StaffDesk::post("/api/v1/staff/grants", "staff_id=S1", StaffDesk::own_page + cookie).status == 415);
    CHECK(desk.StaffDesk::ask("POST", "/api/v1/staff/grants",
                              StaffDesk::foreign_page + cookie + "Content-Type: application/json\r\n", "{}")
              .status == 403);
}

SCENARIO("deliveries are listed page by page, shown with their story, held, released and retried one by one",
         "[web][live]") {
    ApiDesk desk;
    auto others = Desk::completion("A3");
    others.handlers = {{"S5", "技术"}};
    desk.apply({Desk::completion("A1"), Desk::completion("A2"), others});
    const auto first = ApiDesk::object_of(desk.read("S5", "/deliveries?limit=2"));
    CHECK(first.at("deliveries").as_array().size() == 2);
    CHECK(first.at("total").as_int64() == 3);
    const auto rest =
        ApiDesk::object_of(desk.read("S5", "/deliveries?limit=2&after=" + ApiDesk::text_at(first, "next")));
    REQUIRE(rest.at("deliveries").as_array().size() == 1);
    CHECK(rest.at("next").is_null());
    const auto id_of = [&](const std::string& case_no) {
        const auto found =
            ApiDesk::object_of(desk.read("S5", "/deliveries?case_no=" + case_no)).at("deliveries").as_array();
        REQUIRE(found.size() == 1);
        return ApiDesk::text_at(found.front().as_object(), "id");
    };
    const auto one = id_of("A1"), own = id_of("A3");
    const auto sheet = desk.read("S3", "/deliveries/" + one);
    REQUIRE(sheet.status == 200);
    for (const auto* personal : {"甲公司", "91370000AAAAAAAA1X", "13800000000", "某经办"})
        CHECK_FALSE(contains(sheet.body, personal));
    CHECK(ApiDesk::text_at(ApiDesk::object_of(sheet).at("hindrances").as_object(), "retry") == "已在待推送队列中");
    CHECK(desk.read("S5", "/deliveries/999999").status == 404);

    // What he handled himself he leaves to another (E42).
    const auto held = ApiDesk::object_of(desk.post("S5", "/deliveries/hold", {{"ids", {one, own, "999999"}}}));
    CHECK(held.at("done").as_int64() == 1);
    const auto& rows = held.at("rows").as_array();
    CHECK(rows[0].at("done").as_bool());
    CHECK(contains(ApiDesk::text_at(rows[1].as_object(), "reason"), "经办"));
    CHECK(contains(ApiDesk::text_at(rows[2].as_object(), "reason"), "没有"));
    CHECK(ApiDesk::object_of(desk.read("S5", "/deliveries?state=held")).at("total").as_int64() == 1);
    CHECK(ApiDesk::object_of(desk.post("S5", "/deliveries/retry", {{"ids", {one}}})).at("done").as_int64() == 0);
    CHECK(ApiDesk::object_of(desk.post("S5", "/deliveries/release", {{"ids", {one}}})).at("done").as_int64() == 1);
    const auto adopted = desk.post("S5", "/deliveries/" + one + "/service", {{"number", 1}});
    CHECK(adopted.status == 409);
    CHECK(contains(adopted.body, "不待认定"));
}

SCENARIO("a case that is nobody's is assigned at the desk, and one under bid secrecy is not there", "[web][live]") {
    ApiDesk desk;
    auto lost = Desk::completion("A1"), secret = Desk::completion("A2");
    for (auto* one : {&lost, &secret}) {
        one->item_code.clear();
        one->node = "不知名环节";
    }
    secret.secrecy = Secrecy::until_opening();
    desk.apply({lost, secret});
    const auto listed = ApiDesk::object_of(desk.read("S3", "/unassigned"));
    const auto& cases = listed.at("unassigned").as_array();
    REQUIRE(cases.size() == 1);
    const auto id = ApiDesk::text_at(cases.front().as_object(), "case_id");
    CHECK(ApiDesk::text_at(cases.front().as_object(), "lacks_text") == "环节没有对应的事项");
    const auto assigned = [&](const std::string& who, const std::string& case_id, const std::string& item) {
        return desk.post(who, "/cases/" + case_id + "/attribution", {{"item_code", item}, {"reason", "主机漏报"}});
    };
    CHECK(assigned("S1", id, "A1").status == 403);
    const auto unknown = assigned("S3", id, "NONE");
    CHECK(unknown.status == 422);
    CHECK(ApiDesk::code_of(unknown) == "no_such_item");
    const auto hidden = std::to_string(desk.view(secret).case_row.id.value());
    const auto refused = assigned("S3", hidden, "NONE"), missing = assigned("S3", "999999", "NONE");
    CHECK(refused.status == 404);
    CHECK(refused.body == missing.body);
    CHECK(desk.post("S6", "/attributions/1/signature", json::object{}).status == 404);

    // Once somebody has rated it, a second signer sees what would change, and why (E47).
    REQUIRE(desk.rate(lost, Level::satisfied, desk.clock.now()).fate == AnswerFate::accepted);
    const auto proposed =
        desk.post("S3", "/cases/" + id + "/attribution", {{"handlers", {"S2"}}, {"reason", "主机错报"}});
    REQUIRE(proposed.status == 200);
    CHECK_FALSE(ApiDesk::object_of(proposed).at("in_effect").as_bool());
    const auto waiting = ApiDesk::object_of(desk.read("S6", "/unassigned")).at("to_be_signed").as_array();
    REQUIRE(waiting.size() == 1);
    const auto& one = waiting.front().as_object();
    CHECK(ApiDesk::text_at(one, "case_no") == "A1");
    CHECK(ApiDesk::text_at(one, "reason") == "主机错报");
    CHECK(one.at("present").at("handlers").as_array() == json::array{"S1"});
    CHECK(one.at("handlers").as_array() == json::array{"S2"});
    const auto signature = "/attributions/" + ApiDesk::text_at(one, "attribution_id") + "/signature";
    CHECK(desk.post("S3", signature, json::object{}).status == 403);
    CHECK(desk.post("S6", signature, json::object{}).status == 200);
    CHECK(desk.post("S6", signature, json::object{}).status == 409);
}

SCENARIO("a catalogue's drafts are looked at, checked and released at the desk", "[web][live]") {
    ApiDesk desk;
    ports::CatalogueFiles files;
    Department department;
    department.id = "D1";
    department.name = "交易一部";
    department.duties = "政府采购";
    department.since = Day{std::chrono::local_days{std::chrono::year{2020} / 1 / 1}};
    files.departments.push_back({2, department});
    const auto imported = app::import_catalogue({*desk.books, desk.keys, desk.nobody}, "S5", files);
    REQUIRE(imported.has_value());
    REQUIRE(std::get<app::CatalogueImported>(*imported).faults.empty());
    const auto editions = ApiDesk::object_of(desk.read("S1", "/catalogue")).at("editions").as_array();
    REQUIRE(editions.size() == 1);
    CHECK(editions.front().at("draft").as_bool());
    const auto sheet = ApiDesk::object_of(desk.read("S1", "/catalogue/departments/D1"));
    CHECK(sheet.at("active").is_null());
    CHECK(sheet.at("draft").at("cells").as_array().size() == sheet.at("columns").as_array().size());
    CHECK(desk.read("S1", "/catalogue/departments/D9").status == 404);
    CHECK(desk.read("S1", "/catalogue/ships/D1").status == 404);
    CHECK(ApiDesk::object_of(desk.read("S1", "/catalogue/check")).at("drafts").as_array().size() == 1);
    CHECK(desk.post("S1", "/catalogue/releases", json::object{}).status == 403);
    const auto released = desk.post("S3", "/catalogue/releases", json::object{});
    CHECK(released.status == 200);
    CHECK(ApiDesk::object_of(released).at("released").as_array().size() == 1);
    CHECK(ApiDesk::code_of(desk.post("S3", "/catalogue/releases", json::object{})) == "no_drafts");
}
