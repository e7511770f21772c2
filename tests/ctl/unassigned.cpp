#include "tests/ctl/people_desk.hpp"

using namespace hcp;
using namespace hcp::test;

namespace {

const std::string sample = (project_root() / "config/catalogue").string();

struct UnassignedDesk : PeopleDesk {
    UnassignedDesk() {
        equip();
        REQUIRE(ctl({"catalogue", "import", sample, "--as", "S5"}).code == 0);
        REQUIRE(ctl({"catalogue", "release", "--as", "S3"}).code == 0);
    }
    [[nodiscard]] boost::json::array unassigned() const {
        return ctl({"catalogue", "unassigned", "list", "--json"}).json().at("unassigned").as_array();
    }
    [[nodiscard]] Said assign(const std::string& id, std::vector<std::string> more) const {
        std::vector<std::string> arguments{"catalogue", "unassigned", "assign", id};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return ctl(arguments);
    }
};

}  // namespace

SCENARIO("a case without a place is listed, and gets one", "[ctl]") {
    UnassignedDesk desk;
    CHECK(has(desk.ctl({"catalogue", "unassigned", "list"}).out, "没有未归类或待归属的办件"));
    auto event = Desk::completion("C1");
    event.item_code = "ZC-88";
    event.department_id = "D9";
    desk.apply({event});
    const auto listed = desk.unassigned();
    REQUIRE(listed.size() == 1);
    CHECK(listed[0].at("case_no") == "C1");
    CHECK(listed[0].at("lacks").as_array().size() == 1);
    const std::string id{listed[0].at("case_id").as_string()};
    const auto table = desk.ctl({"catalogue", "unassigned", "list"});
    CHECK(has(table.out, "事项不在目录"));
    CHECK(has(table.out, id));

    CHECK(has(desk.assign(id, {"--item", "ZC-02", "--as", "S5"}).err, "缺少参数：--why"));
    CHECK(has(desk.assign(id, {"--item", "ZC-77", "--why", "报错", "--as", "S5"}).err, "目录中没有这个事项"));
    CHECK(has(desk.assign(id, {"--item", "ZC-02", "--why", "报错", "--as", "S1"}).err, "无权"));
    const auto done = desk.assign(id, {"--item", "ZC-02", "--department", "JY1", "--why", "报错", "--as", "S5"});
    INFO(done.err);
    CHECK(done.code == 0);
    CHECK(has(done.out, "归属已更改"));
    CHECK(desk.unassigned().empty());
    CHECK(desk.ctl({"ledger", "verify"}).code == 0);
    CHECK(has(desk.ctl({"catalogue", "unassigned", "sign", "5", "--as", "S3"}).err, "没有这个编号的归属更改"));
}

SCENARIO("what is covered is told in shares and gaps", "[ctl]") {
    const UnassignedDesk desk;
    const auto said = desk.ctl({"coverage"});
    INFO(said.err);
    CHECK(said.code == 0);
    CHECK(has(said.out, "0.0%"));
    CHECK(has(said.out, "未覆盖 事项 YX-01"));
    const auto json = desk.ctl({"coverage", "--from", "2026-01-01", "--to", "2026-12-31", "--json"}).json();
    CHECK(json.at("items").at("all") == 25);
    CHECK(json.at("items").at("gaps").as_array().size() == 25);
    CHECK(desk.ctl({"coverage", "--from", "2026-02-01", "--to", "2026-01-01"}).code == 2);
}
