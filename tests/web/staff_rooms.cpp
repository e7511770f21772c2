#include "plugin/app/catalogue/import_catalogue.hpp"
#include "tests/web/api_desk.hpp"

using namespace hcp;
using namespace hcp::test;

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
    AND_THEN("of a catalogue that would be faulty nothing is released, and each fault is told") {
        Item item;
        item.code = "A1";
        item.name = "事项";
        item.line = "政府采购";
        item.nodes = {"环节"};
        item.department_id = "D1";
        const Guide early{"A1",     "2026-1",   day_of(desk.clock.now()) + std::chrono::days{1},
                          "综合岗", "首次公开", std::vector<std::string>(guide_elements.size(), "要素")};
        ports::CatalogueFiles more;
        more.items.push_back({2, item});
        more.guides.push_back({2, early});
        REQUIRE(
            std::get<app::CatalogueImported>(*app::import_catalogue({*desk.books, desk.keys, desk.nobody}, "S5", more))
                .faults.empty());
        const auto faulty = desk.post("S3", "/catalogue/releases", json::object{});
        CHECK(faulty.status == 422);
        CHECK(faulty.headers.at("content-type") == "application/problem+json");
        CHECK(ApiDesk::code_of(faulty) == "faulty");
        const auto faults = ApiDesk::object_of(faulty).at("faults").as_array();
        REQUIRE(faults.size() == 1);
        CHECK(faults.front().at("part") == "guides");
        CHECK(faults.front().at("column") == "effective");
        CHECK(ApiDesk::object_of(desk.read("S1", "/catalogue/guides/A1")).at("active").is_null());
    }
}

SCENARIO("local days come into force at the desk by supervision, in the version that was looked at", "[web][live]") {
    ApiDesk desk;
    const auto entered = desk.store->write([&](ports::Transaction& tx) {
        const auto& calendar = desk.rule_files.rules->calendar;
        const ports::ReferenceRow row{ports::ReferenceKind::calendar, calendar.version(), "x",
                                      desk.rule_texts.text_of(calendar), desk.clock.now()};
        return tx.references().insert(std::span{&row, 1});
    });
    REQUIRE(entered.has_value());
    desk.apply({Desk::completion("A1")});
    const auto nothing = ApiDesk::object_of(desk.read("S1", "/calendar"));
    CHECK_FALSE(nothing.at("local_days_wait").as_bool());
    CHECK(nothing.at("in_force") == nothing.at("offered"));
    const auto activate = [&](const std::string& who, const json::value& version) {
        return desk.post(who, "/calendar/activation", {{"offered", version}});
    };
    CHECK(ApiDesk::code_of(activate("S3", nothing.at("offered"))) == "nothing_new");

    Notice closure;
    closure.scope = Scope::centre;
    closure.published = day_of(desk.clock.now());
    closure.title = "停电";
    const Day closed = closure.published + std::chrono::days{4};
    closure.rows = {{closed, closed, false, "停电"}};
    auto notices = desk.rule_files.rules->calendar.notices();
    std::vector<Notice> with_closure{notices.begin(), notices.end()};
    with_closure.push_back(closure);
    auto rules = *desk.rule_files.rules;
    rules.calendar = Calendar{with_closure};
    desk.offered = std::make_shared<const record::Rules>(rules);
    const auto waits = ApiDesk::object_of(desk.read("S1", "/calendar"));
    CHECK(waits.at("local_days_wait").as_bool());
    CHECK(waits.at("begun_closures").as_array().empty());
    const auto moves = ApiDesk::object_of(desk.read("S5", "/calendar/preview"));
    CHECK(moves.at("windows").at("looked_at").as_int64() == 1);
    CHECK(desk.read("S1", "/calendar/preview").status == 403);
    CHECK(activate("S3", nothing.at("offered")).status == 412);
    CHECK(activate("S5", waits.at("offered")).status == 403);
    const auto activated = activate("S3", waits.at("offered"));
    REQUIRE(activated.status == 200);
    CHECK(ApiDesk::object_of(activated).at("in_force") == waits.at("offered"));
    CHECK(ApiDesk::object_of(desk.read("S1", "/calendar")).at("in_force") == waits.at("offered"));

    desk.offered = std::vector<ports::Fault>{{"/srv/calendar/2027.ini", 3, "", "first", "不是日期", "写作 2027-01-01"}};
    const auto faulty = desk.read("S3", "/calendar");
    CHECK(faulty.status == 409);
    CHECK_FALSE(contains(faulty.body, "/srv"));
    CHECK(ApiDesk::object_of(faulty).at("faults").as_array().size() == 1);
}
