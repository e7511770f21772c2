#include "plugin/domain/text.hpp"
#include "tests/web/api_desk.hpp"

#include <algorithm>

using namespace hcp;
using namespace hcp::test;

namespace {

const std::string bom = "\xEF\xBB\xBF";

Answered taken(ApiDesk& desk, const std::string& who, const std::string& list, json::object more = {}) {
    json::object body{{"list", list}, {"form", "csv"}};
    for (auto& [name, value] : more) body[name] = std::move(value);
    return desk.post(who, "/exports", body);
}
std::vector<std::string> lines_of(const Answered& answer) {
    REQUIRE(answer.status == 200);
    REQUIRE(answer.body.starts_with(bom));
    return domain::split(answer.body.substr(bom.size()), "\r\n");
}
json::array records(ApiDesk& desk, const std::string& query = {}) {
    return ApiDesk::object_of(desk.read("S3", "/exports" + query)).at("exports").as_array();
}

}  // namespace

SCENARIO("who may see a list may take it, and nobody else", "[web][live]") {
    ApiDesk desk;
    const std::map<std::string, std::string> open{
        {"deliveries", "S3 S4 S5"},         {"unassigned", "S3 S4 S5 S6"},
        {"waiting", "S3 S4 S5 S6"},         {"people", "S1 S2 S3 S4 S5"},
        {"proposals", "S1 S2 S3 S4 S5"},    {"grants", "S1 S2 S3 S4 S5"},
        {"catalogue", "S1 S2 S3 S4 S5 S6"}, {"exports", "S3 S4"},
    };
    std::size_t files = 0;
    for (const auto& [list, whom] : open)
        for (const auto* who : {"S1", "S2", "S3", "S4", "S5", "S6"}) {
            INFO(who << " takes " << list);
            const auto answer = taken(desk, who, list);
            const bool may = whom.find(who) != std::string::npos;
            CHECK(answer.status == (may ? 200 : 403));
            if (!may) CHECK(ApiDesk::code_of(answer) == "not_allowed");
            files += may ? 1 : 0;
        }
    CHECK(taken(desk, "", "catalogue").status == 401);
    CHECK(records(desk, "?limit=100").size() == files);
    for (const auto* who : {"S1", "S2", "S5", "S6"}) CHECK(desk.read(who, "/exports").status == 403);
}

SCENARIO("a contact takes whom he sees, and no more", "[web][live]") {
    ApiDesk desk;
    const auto all = lines_of(taken(desk, "S3", "people")), own = lines_of(taken(desk, "S1", "people"));
    const auto seen = ApiDesk::object_of(desk.read("S1", "/people")).at("people").as_array().size();
    CHECK(own.size() == seen + 2);  // the titles, and behind the last end
    CHECK(all.size() > own.size());
}

SCENARIO("a file has the columns and rows that were asked for, and says in each who took it", "[web][live]") {
    ApiDesk desk;
    desk.apply({Desk::completion("A1"), Desk::completion("A2")});
    const auto answer = taken(desk, "S5", "deliveries", {{"columns", {"case_no", "state"}}, {"query", "case_no=A2"}});
    const auto lines = lines_of(answer);
    CHECK(answer.headers.at("content-type") == "text/csv; charset=utf-8");
    CHECK(answer.headers.at("content-disposition") == "attachment; filename=\"deliveries.csv\"");
    CHECK(answer.headers.at("cache-control") == "no-store");
    REQUIRE(lines.size() == 3);
    CHECK(lines[0] == "办件,状态,导出标记");
    CHECK(lines[1].starts_with("A2,"));
    const auto record = records(desk).front().as_object();
    const auto mark = ApiDesk::text_at(record, "mark");
    CHECK(mark.size() == 12);
    CHECK(lines[1].find("（S5） ") != std::string::npos);
    CHECK(lines[1].ends_with(" " + mark));
    CHECK(ApiDesk::text_at(record, "staff_id") == "S5");
    CHECK(ApiDesk::text_at(record, "list") == "deliveries");
    CHECK(ApiDesk::text_at(record, "form") == "csv");
    CHECK(record.at("rows").to_number<int>() == 1);
    // What somebody typed is not kept: it could be anybody's name.
    CHECK(ApiDesk::text_at(record, "conditions") == "case_no=*");

    const auto rows = desk.Desk::ask([](ports::Snapshot& all) { return all.exports().after({}, 9); });
    REQUIRE(rows.size() == 1);
    CHECK(rows.front().file_digest == desk.digests.sm3({as_bytes(answer.body)}));
}

SCENARIO("a list leaves as XLSX too", "[web][live]") {
    ApiDesk desk;
    const auto answer = taken(desk, "S3", "people", {{"form", "xlsx"}});
    REQUIRE(answer.status == 200);
    CHECK(answer.headers.at("content-type") == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    CHECK(answer.headers.at("content-disposition") == "attachment; filename=\"people.xlsx\"");
    CHECK(answer.body.starts_with("PK\x03\x04"));
    CHECK(ApiDesk::object_of(desk.read("S3", "/session")).at("file_forms").as_array() == json::array{"csv", "xlsx"});
}

SCENARIO("what cannot be exported is told by its field, and leaves no record", "[web][live]") {
    ApiDesk desk;
    const auto fault = [&](json::object body) {
        const auto answer = desk.post("S3", "/exports", body);
        CHECK(answer.status == 422);
        return ApiDesk::text_at(ApiDesk::object_of(answer), "field");
    };
    CHECK(fault({{"list", "evaluations"}, {"form", "csv"}}) == "list");
    CHECK(fault({{"list", "people"}, {"form", "pdf"}}) == "form");
    CHECK(fault({{"list", "people"}, {"form", "csv"}, {"columns", {"certificate"}}}) == "columns");
    CHECK(fault({{"list", "people"}, {"form", "csv"}, {"columns", 7}}) == "columns");
    CHECK(fault({{"list", "people"}, {"form", "csv"}, {"query", "text=%GG"}}) == "query");
    CHECK(fault({{"list", "catalogue"}, {"form", "csv"}, {"query", "part=ships"}}) == "part");
    CHECK(fault({{"list", "deliveries"}, {"form", "csv"}, {"query", "from=24.9.2026"}}) == "from");
    const auto foreign = desk.ask(
        "POST", "/api/v1/staff/exports",
        ApiDesk::foreign_page + ApiDesk::with_cookie(desk.cookies.at("S3")) + "Content-Type: application/json\r\n",
        R"({"list":"people","form":"csv"})");
    CHECK(foreign.status == 403);
    CHECK(records(desk).empty());
}

SCENARIO("the record of exports is paged from the latest, and the ledger tells of each", "[web][live]") {
    ApiDesk desk;
    for (const auto* list : {"people", "grants", "catalogue"}) (void)lines_of(taken(desk, "S3", list));
    const auto first = ApiDesk::object_of(desk.read("S3", "/exports?limit=2"));
    REQUIRE(first.at("exports").as_array().size() == 2);
    CHECK(ApiDesk::text_at(first.at("exports").as_array()[0].as_object(), "list") == "catalogue");
    const auto rest = records(desk, "?limit=2&after=" + ApiDesk::text_at(first, "next"));
    REQUIRE(rest.size() == 1);
    CHECK(ApiDesk::text_at(rest[0].as_object(), "list") == "people");
    const auto entries = desk.Desk::ask([](ports::Snapshot& all) { return all.ledger().after(1, 0, 1000); });
    CHECK(std::ranges::count(entries, static_cast<std::int32_t>(LedgerKind::list_exported), &ports::LedgerRow::kind) ==
          3);
}
