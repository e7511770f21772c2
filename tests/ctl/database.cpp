#include "tests/ctl/console.hpp"
#include "tests/support/project_root.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <set>
#include <string>

using namespace hcp::test;

namespace {

void change(const Console& console, const char* sql) {
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open((console.root() / "store.db").c_str(), &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(db);
}

}  // namespace

SCENARIO("the database is made step by step once, and then left alone", "[ctl]") {
    const Console console;
    const auto before = console({"db", "status"});
    CHECK(before.code == 1);
    CHECK(has(before.err, "hcpctl db migrate"));
    CHECK_FALSE(fs::exists(console.root() / "store.db"));

    const auto steps = std::count_if(fs::directory_iterator{project_root() / "sql/sqlite"}, {},
                                     [](const auto& entry) { return entry.path().extension() == ".sql"; });
    const auto made = console({"db", "migrate"});
    CHECK(made.code == 0);
    CHECK(has(made.out, "已执行 " + std::to_string(steps) + " 步"));

    const auto again = console({"db", "migrate"});
    CHECK(again.code == 0);
    CHECK(has(again.out, "没有改动"));

    const auto status = console({"db", "status", "--json"});
    CHECK(status.code == 0);
    const auto list = status.json().as_array();
    CHECK(std::ssize(list) == steps);
    for (const auto& step : list) CHECK(step.at("applied_at_us").is_int64());
    CHECK(has(console({"db", "status"}).out, "数据库结构为最新"));
}

SCENARIO("a check of the database says what was looked at, and ends with what was found", "[ctl]") {
    const Console console;
    const auto none = console({"db", "check"});
    CHECK(none.code == 1);
    CHECK_FALSE(fs::exists(console.root() / "store.db"));
    REQUIRE(console({"db", "migrate"}).code == 0);
    const auto sound = console({"db", "check"});
    CHECK(sound.code == 0);
    for (const auto* line : {"正常  连接：", "正常  结构：", "正常  权限：", "本模块可以使用这个数据库"})
        CHECK(has(sound.out, line));

    change(console, "drop index cases_secret");
    const auto changed = console({"db", "check"});
    CHECK(changed.code == 1);
    CHECK(has(changed.out, "错误  结构：缺少 index cases_secret on cases"));
    CHECK(has(changed.out, "有 1 处错误"));
    const auto list = console({"db", "check", "--json"}).json().as_array();
    CHECK(std::ranges::count_if(list, [](const auto& one) { return one.at("kind") == "fault"; }) == 1);
}

SCENARIO("what a newer software has added is told and left alone, what it took away is refused", "[ctl]") {
    const Console console;
    REQUIRE(console({"db", "migrate"}).code == 0);
    const auto steps = console({"db", "status", "--json"}).json().as_array().size();
    change(console,
           "alter table cases add column later text;"
           "insert into schema_history values (9001, 'V9001__cases_later', 'x', 1)");
    for (const auto& arguments : {std::vector<std::string>{"db", "migrate"}, {"db", "migrate", "--contract"}}) {
        const auto said = console(arguments);
        CHECK(said.code == 0);
        CHECK(has(said.out, "没有改动"));
        CHECK(has(said.out, "更新版本的软件已执行 1 步"));
    }
    CHECK(console({"db", "migrate", "--print"}).out.empty());

    const auto status = console({"db", "status"});
    CHECK(status.code == 0);
    CHECK(has(status.out, "V9001__cases_later（更新版本的）"));
    const auto list = console({"db", "status", "--json"}).json().as_array();
    REQUIRE(list.size() == steps + 1);
    CHECK(list.back().at("newer").as_bool());
    CHECK_FALSE(list.front().at("newer").as_bool());

    const auto checked = console({"db", "check"});
    CHECK(checked.code == 0);
    CHECK(has(checked.out, "提醒  版本：数据库已由更新版本的软件升级，多出步骤 V9001__cases_later"));
    CHECK(has(checked.out, "正常  结构："));

    change(console, "insert into schema_history values (9002, 'V9002__contract_cases', 'x', 1)");
    for (const auto* command : {"migrate", "status"}) {
        const auto said = console({"db", command});
        CHECK(said.code == 1);
        CHECK(has(said.err, "V9002__contract_cases"));
        CHECK(has(said.err, "请把本机的模块和 hcpctl 换成有这一步的版本"));
    }
    CHECK(has(console({"db", "check"}).out, "错误  结构：数据库已由更新版本的软件收缩：步骤 V9002__contract_cases"));
}

SCENARIO("the statements of the store can be read, and which are this database's own", "[ctl]") {
    const Console console;
    const auto all = console({"db", "statements", "--json"});
    REQUIRE(all.code == 0);
    std::set<std::string> own;
    const auto list = all.json().as_array();
    CHECK(list.size() > 50);
    for (const auto& one : list) {
        CHECK_FALSE(one.at("text").as_string().empty());
        if (one.at("own").as_bool()) own.emplace(one.at("name").as_string());
    }
    CHECK(own.contains("ledger.heads"));
    const auto only = console({"db", "statements", "--own"});
    CHECK(only.code == 0);
    for (const auto& name : own) CHECK(has(only.out, name + "（专用）"));
    CHECK(has(only.out, "共 " + std::to_string(list.size()) + " 条语句，其中 " + std::to_string(own.size()) + " 条"));
    CHECK_FALSE(has(only.out, "cases.insert"));
    CHECK_FALSE(fs::exists(console.root() / "store.db"));
}

SCENARIO("a file that is no database is refused with a reason", "[ctl]") {
    const Console console;
    console.write("store.db", std::string(5000, 'x'));
    for (const auto* command : {"migrate", "status"}) {
        const auto said = console({"db", command});
        CHECK(said.code == 1);
        CHECK(has(said.err, "store.db"));
    }
    const auto said = console({"deliveries", "list"});
    CHECK(said.code == 1);
    CHECK_FALSE(said.err.empty());
}

SCENARIO("the steps that are missing can be printed for a DBA, which changes nothing", "[ctl]") {
    const Console console;
    const auto all = console({"db", "migrate", "--print"});
    CHECK(all.code == 0);
    CHECK(has(all.out, "V0001__schema_history"));
    CHECK_FALSE(fs::exists(console.root() / "store.db"));

    CHECK(console({"db", "migrate"}).code == 0);
    const auto none = console({"db", "migrate", "--print"});
    CHECK(none.code == 0);
    CHECK(none.out.empty());
    CHECK(has(none.err, "已是最新"));
}
