#include "tests/store/upgrade_clauses.hpp"
#include "tests/support/temp_directory.hpp"

#include <sqlite3.h>
#include <catch2/catch.hpp>

#include <stdexcept>

using namespace hcp;
using namespace hcp::store;

namespace {

class SqliteFile final : public store::test::BareDatabase {
public:
    SqliteFile() {
        options.path = folder_.path() / "bare.db";
        plain_options = options;
    }
    std::vector<std::string> run(const std::string& sql) override {
        const auto take = [](void* to, int, char** values, char**) {
            static_cast<std::vector<std::string>*>(to)->emplace_back(values[0]);
            return 0;
        };
        sqlite3* db = nullptr;
        std::vector<std::string> column;
        char* said = nullptr;
        if (sqlite3_open(options.path.c_str(), &db) == SQLITE_OK) sqlite3_exec(db, sql.c_str(), take, &column, &said);
        const std::string wrong = said == nullptr ? "" : said;
        sqlite3_free(said);
        sqlite3_close(db);
        if (!wrong.empty()) throw std::runtime_error{sql + ": " + wrong};
        return column;
    }

private:
    hcp::test::TempDirectory folder_;
};

const store::test::MakeBare make = [] { return std::make_unique<SqliteFile>(); };

}  // namespace

SCENARIO("SQLite: from every step on, with data in it, the schema reaches the last", "[store]") {
    store::test::upgrades(make, store::test::From::each);
}
SCENARIO("SQLite: several at once take each step once", "[store]") {
    store::test::several_take_each_step_once(make);
}
SCENARIO("SQLite: what was made and not noted is noted", "[store]") {
    store::test::goes_on_where_another_died(make);
}
SCENARIO("SQLite: what only bears a step's name is refused", "[store]") {
    store::test::refuses_what_only_bears_the_name(make);
}
SCENARIO("SQLite: a script makes what is missing", "[store]") {
    store::test::is_made_by_script(make);
}
SCENARIO("SQLite: an older software goes on beside a newer one that only adds", "[store]") {
    store::test::lives_beside_a_newer_software(make);
}
SCENARIO("SQLite: its complaint is told", "[store]") {
    store::test::tells_what_its_database_said(make);
}
SCENARIO("the script for a database that is not there yet has every step, and makes no file", "[store]") {
    const auto bare = make();
    const auto script = migration_script(bare->options, domain::Instant{});
    REQUIRE(script);
    CHECK_FALSE(std::filesystem::exists(bare->options.path));
    bare->apply(*script);
    CHECK(open_store(bare->options));
}
SCENARIO("SQLite: where there is nothing to do, nobody who holds the database is waited for", "[store]") {
    const auto bare = make();
    REQUIRE(migrate(bare->options, domain::Instant{}));
    sqlite3* holder = nullptr;
    REQUIRE(sqlite3_open(bare->options.path.c_str(), &holder) == SQLITE_OK);
    REQUIRE(sqlite3_exec(holder, "begin immediate", nullptr, nullptr, nullptr) == SQLITE_OK);
    auto hasty = bare->options;
    hasty.busy_timeout = std::chrono::milliseconds{0};
    CHECK(migrate(hasty, domain::Instant{}).value() == 0);
    CHECK(open_store(hasty));
    sqlite3_close(holder);
}
