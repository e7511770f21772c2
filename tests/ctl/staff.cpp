#include "tests/ctl/people_desk.hpp"

#include <sqlite3.h>

using namespace hcp;
using namespace hcp::test;

namespace {

// Of somebody who has the database and no key; what he changed is as it was with his end.
class Intruder {
public:
    explicit Intruder(const fs::path& file) {
        REQUIRE(sqlite3_open_v2(file.c_str(), &db_, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK);
        run("create table kept_staff as select * from staff; create table kept_grants as select * from role_grants");
    }
    Intruder(const Intruder&) = delete;
    Intruder& operator=(const Intruder&) = delete;
    ~Intruder() {
        run("delete from staff; insert into staff select * from kept_staff; delete from role_grants; "
            "insert into role_grants select * from kept_grants; drop table kept_staff; drop table kept_grants");
        sqlite3_close(db_);
    }
    void run(const std::string& sql) const {
        INFO(sql << ": " << sqlite3_errmsg(db_));
        CHECK(sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    }

private:
    sqlite3* db_ = nullptr;
};

}  // namespace

SCENARIO("from a roster to a head of a department: founded, proposed, confirmed, ended, all of it in the ledger",
         "[ctl]") {
    const PeopleDesk desk;
    CHECK(has(desk.ctl({"staff", "list"}).out, "还没有名册"));
    desk.equip();
    CHECK(desk.roles_of("S3") == "supervisor ");
    CHECK(desk.roles_of("S5") == "technical ");
    const auto proposed = desk.ctl({"staff", "propose", "S1", "部门负责人", "--as", "S5"});
    CHECK(proposed.code == 0);
    const auto id = desk.waiting();
    CHECK(has(proposed.out, "hcpctl staff confirm " + id));
    CHECK(desk.roles_of("S1").empty());
    const auto by_proposer = desk.ctl({"staff", "confirm", id, "--as", "S5"});
    CHECK(by_proposer.code == 1);
    CHECK(has(by_proposer.err, "提名人不能再确认"));
    CHECK(has(desk.ctl({"staff", "confirm", id, "--as", "S2"}).err, "无权"));
    CHECK(desk.ctl({"staff", "confirm", id, "--as", "S3"}).code == 0);
    CHECK(desk.roles_of("S1") == "head ");

    const auto listed = desk.ctl({"staff", "list"});
    for (const auto* part : {"某S1", "在岗", "监督（初始设立）", "部门负责人", "2020-01-02"}) {
        INFO(part);
        CHECK(has(listed.out, part));
    }
    CHECK(desk.ctl({"staff", "end", id, "--why", "轮岗", "--as", "S4"}).code == 0);
    CHECK(desk.roles_of("S1").empty());
    const auto verified = desk.ctl({"ledger", "verify"});
    INFO(verified.out);
    CHECK(verified.code == 0);
    THEN("beside the instances, of which none is missed for it") {
        const auto instances = desk.ctl({"instances", "list", "--json"}).json().as_array();
        REQUIRE(instances.size() == 2);
        CHECK(instances[1].at("state") == "stopped");
        CHECK(instances[1].at("may_owe_events") == false);
    }
}

SCENARIO("every change names who acts, and who acts is somebody", "[ctl]") {
    const PeopleDesk desk;
    for (std::vector<std::string> command : {std::vector<std::string>{"staff", "import", "x.csv"},
                                             {"staff", "propose", "S1", "head"},
                                             {"staff", "confirm", "1"},
                                             {"staff", "end", "1", "--why", "x"},
                                             {"staff", "ceremony", "S3", "S4"},
                                             {"staff", "invite", "S1"},
                                             {"staff", "sign-out", "S1"}}) {
        INFO(command[1]);
        const auto said = desk.ctl(command);
        CHECK(said.code == 2);
        CHECK(has(said.err, "缺少参数：--as"));
        command.insert(command.end(), {"--as", ""});
        CHECK(desk.ctl(command).code == 2);
    }
    CHECK(has(desk.ctl({"staff", "propose", "S1", "root", "--as", "S5"}).err, "部门联系人(contact)"));
}

SCENARIO("what is wrong with a roster is told at once, and nothing is imported", "[ctl]") {
    const PeopleDesk desk;
    const auto said =
        desk.import(roster_header + roster_line("S1", "D1,A01,2026/1/5,") + roster_line("S2", "=D1,A01,2020-01-02,"));
    CHECK(said.code == 1);
    for (const auto* part : {"roster.csv", "2", "since", "2026/1/5", "3", "department_id", "公式", "没有导入"}) {
        INFO(part);
        CHECK(has(said.err, part));
    }
    CHECK(has(desk.ctl({"staff", "list"}).out, "还没有名册"));
    CHECK(desk.ctl({"staff", "import", (desk.dir.path() / "none.csv").string(), "--as", "S5"}).code == 2);
    CHECK(desk.ctl({"staff", "import", desk.dir.path().string(), "--as", "S5"}).code == 2);

    desk.equip();
    const auto shorter = desk.import(roster_header + roster_line("S3") + roster_line("S4") + roster_line("S5"));
    CHECK(shorter.code == 1);
    CHECK(has(shorter.err, "“S1” 不在文件中"));
    CHECK(has(shorter.err, "“S2” 不在文件中"));
}

SCENARIO("an import that is only tried says what it would do", "[ctl]") {
    const PeopleDesk desk;
    const auto first = desk.import(roster_of_five, {"--as", "S5", "--dry-run"});
    CHECK(first.code == 0);
    CHECK(has(first.out, "新增 5 人"));
    CHECK(has(first.out, "没有导入"));
    CHECK(has(desk.ctl({"staff", "list"}).out, "还没有名册"));
    desk.equip();
    REQUIRE(desk.ctl({"staff", "propose", "S1", "head", "--as", "S5"}).code == 0);
    const auto without = roster_header + roster_line("S1", "D1,A01,2020-01-02,2026-01-31") + roster_line("S2") +
                         roster_line("S3") + roster_line("S4") + roster_line("S5");
    const auto tried = desk.import(without, {"--as", "S5", "--dry-run"});
    CHECK(has(tried.out, "离开 1 人：S1"));
    CHECK(has(tried.out, "将解除 S1 的岗位或提名：部门负责人"));
    CHECK_FALSE(desk.waiting().empty());
    CHECK(has(desk.import(without).out, "已解除 S1"));
    CHECK(desk.waiting().empty());
    CHECK(has(desk.ctl({"staff", "list"}).out, "已离开"));
    CHECK(desk.ctl({"ledger", "verify"}).code == 0);
}

SCENARIO("the table of access is shown without a file or a database", "[ctl]") {
    const auto said = hcpctl(fs::path{"/nowhere/haochaping.ini"}, {"staff", "access"});
    CHECK(said.code == 0);
    for (const auto* part : {"公开编辑", "确认岗位", "评价主体身份", "本部门"}) {
        INFO(part);
        CHECK(has(said.out, part));
    }
}

SCENARIO("whoever changes a roster, a role or its signatures in the database is found", "[ctl]") {
    const PeopleDesk desk;
    desk.equip();
    REQUIRE(desk.ctl({"ledger", "verify"}).code == 0);
    for (const auto& [statement, finding] :
         {std::pair{"update staff set department_id = 'D9' where staff_id = 'S1'", "reference_changed"},
          std::pair{"update staff set sealed_name = null where staff_id = 'S1'", "reference_changed"},
          std::pair{"delete from staff where staff_id = 'S1'", "reference_changed"},
          std::pair{"insert into staff select 'S9', 1, sealed_name, randomblob(32), department_id, windows, since_us, "
                    "until_us, 99, loaded_by, loaded_at_us from staff where staff_id = 'S1'",
                    "reference_inserted"},
          std::pair{"update role_grants set role_code = 3 where staff_id = 'S5'", "role_proposed_changed"},
          std::pair{"update role_grants set confirmed_by = 'S2' where staff_id = 'S5'", "role_confirmed_changed"},
          std::pair{"update role_grants set confirmed_by = null, confirmed_at_us = null where staff_id = 'S5'",
                    "role_confirmed_removed"},
          std::pair{"update role_grants set ended_by = 'S3', ended_at_us = 1 where staff_id = 'S5'",
                    "role_ended_inserted"},
          std::pair{"delete from role_grants where staff_id = 'S5'", "role_proposed_removed"}}) {
        INFO(statement);
        const Intruder intruder{desk.dir.path() / "store.db"};
        intruder.run(statement);
        const auto said = desk.ctl({"ledger", "verify", "--json"});
        CHECK(said.code == 1);
        CHECK(has(said.out, finding));
    }
    CHECK(desk.ctl({"ledger", "verify"}).code == 0);
}
