#include "plugin/domain/text.hpp"
#include "tests/store/server_fixture.hpp"
#include "tests/store/upgrade_clauses.hpp"

using namespace hcp;
using namespace hcp::store;

namespace {

class ServerSchema final : public store::test::BareDatabase {
public:
    ServerSchema() {
        const auto as = [&](StoreOptions& to, const char* user) {
            to.backend = store::test::server_under_test().backend;
            to.connection = [user] {
                return store::test::server_under_test().own(hcp::test::MariaDb::shared().socket(), "bare", user);
            };
        };
        as(options, "root");
        as(plain_options, "plain");
        root_.run("drop database if exists bare");
        root_.run("create database bare character set utf8mb4");
        root_.run("create user if not exists plain@localhost");
        root_.run("grant select, insert, update, delete on bare.* to plain@localhost");
        root_.run("use bare");
    }
    std::vector<std::string> run(const std::string& sql) override {
        std::vector<std::string> column;
        for (const auto& statement : domain::split(sql, ";\n"))
            if (!domain::trimmed(statement).empty()) column = root_.run(statement);
        return column;
    }
    // The stand-in has one character set, and no national types.
    void apply(const std::string& script) override {
        auto text = script;
        if (options.backend == ports::Backend::oracle) {
            root_.run("set sql_mode = 'ORACLE,EMPTY_STRING_IS_NULL'");
            for (const std::string_view national : {"nvarchar2", "nclob"}) {
                REQUIRE(text.find(national) != std::string::npos);
                for (auto at = text.find(national); at != std::string::npos; at = text.find(national, at))
                    text.erase(at, 1);
            }
        }
        run(text);
    }

private:
    store::test::Administrator root_;
};

const store::test::MakeBare make = [] { return std::make_unique<ServerSchema>(); };

}  // namespace

SCENARIO("with data in it the schema reaches the last step", "[store][server]") {
    store::test::upgrades(make, store::test::From::before_changes);
}
SCENARIO("several at once take each step once", "[store][server]") {
    store::test::several_take_each_step_once(make);
}
SCENARIO("what was made and not noted is noted", "[store][server]") {
    store::test::goes_on_where_another_died(make);
}
SCENARIO("what only bears a step's name is refused", "[store][server]") {
    store::test::refuses_what_only_bears_the_name(make);
}
SCENARIO("a script, applied by the administrator, makes the schema of a user who may not change it",
         "[store][server]") {
    store::test::is_made_by_script(make);
}
SCENARIO("an older software goes on beside a newer one that only adds", "[store][server]") {
    store::test::lives_beside_a_newer_software(make);
}
SCENARIO("the server's complaint is told", "[store][server]") {
    store::test::tells_what_its_database_said(make);
}
SCENARIO("whoever may not change the schema is told how it is done", "[store][server]") {
    const auto bare = make();
    std::string why;
    CHECK(migrate(bare->plain_options, contract::monday, &why).error() == ports::store_errc::unavailable);
    INFO(why);
    for (const auto* part : {"V0001__schema_history", "没有建表、建索引的权限", "hcpctl db migrate --print", "denied"})
        CHECK(why.find(part) != std::string::npos);
}
