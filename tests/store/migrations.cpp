#include "tests/store/fixture.hpp"
#include "tests/support/project_root.hpp"

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <set>

using namespace hcp;
using namespace hcp::store;
using ports::store_errc;

namespace {

void run(const StoreOptions& options, const std::string& sql) {
    sqlite_api::sqlite3* db = nullptr;
    REQUIRE(sqlite_api::sqlite3_open(options.path.c_str(), &db) == SQLITE_OK);
    CHECK(sqlite_api::sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite_api::sqlite3_close(db);
}

std::set<std::string> files_of(const char* dialect) {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator{hcp::test::project_root() / "sql" / dialect})
        if (entry.path().extension() == ".sql") names.insert(entry.path().filename().string());
    return names;
}

}  // namespace

SCENARIO("a new database takes every step once", "[store]") {
    hcp::test::TempDirectory folder;
    StoreOptions options;
    options.path = folder.path() / "new.db";
    CHECK(open_store(options).error() == store_errc::unavailable);
    CHECK(migration_status(options).error() == store_errc::unavailable);

    const auto taken = contract::must(migrate(options, contract::monday));
    CHECK(taken == files_of("sqlite").size());
    CHECK(contract::must(migrate(options, contract::monday)) == 0);
    const auto status = contract::must(migration_status(options));
    REQUIRE(status.size() == taken);
    for (std::size_t i = 0; i < status.size(); ++i) {
        CHECK(status[i].number == static_cast<std::int32_t>(i) + 1);
        CHECK(status[i].applied_at == contract::monday);
        CHECK(status[i].checksum.size() == 64);
    }
    CHECK(open_store(options));
}

SCENARIO("an empty database shows its steps as missing and is not opened", "[store]") {
    hcp::test::TempDirectory folder;
    StoreOptions options;
    options.path = folder.path() / "empty.db";
    run(options, "create table other (x)");
    const auto status = contract::must(migration_status(options));
    CHECK_FALSE(status.front().applied_at);
    std::string why;
    CHECK(open_store(options, &why).error() == store_errc::corrupt);
    CHECK(why.find("V0001__schema_history") != std::string::npos);
}

SCENARIO("a step interrupted before its history is taken again", "[store]") {
    store::test::SqliteDatabase database;
    run(database.options, "delete from schema_history where step > 20");
    CHECK(contract::must(migrate(database.options, contract::monday)) == files_of("sqlite").size() - 20);
    CHECK(open_store(database.options));
}

SCENARIO("a step that was changed after its release is refused, naming both checksums", "[store]") {
    store::test::SqliteDatabase database;
    const auto ours = contract::must(migration_status(database.options)).at(3).checksum;
    const std::string other(64, 'f');
    run(database.options, "update schema_history set checksum = '" + other + "' where step = 4");
    std::string why;
    for (const bool open : {true, false}) {
        if (open)
            CHECK(open_store(database.options, &why).error() == store_errc::corrupt);
        else
            CHECK(migrate(database.options, contract::monday, &why).error() == store_errc::corrupt);
        CHECK(why.find("V0004__cases") != std::string::npos);
        CHECK(why.find(ours) != std::string::npos);
        CHECK(why.find(other) != std::string::npos);
    }
}

SCENARIO("a database of a newer software is refused", "[store]") {
    store::test::SqliteDatabase database;
    run(database.options, "insert into schema_history values (9000, 'V9000__later', 'x', 1)");
    std::string why;
    CHECK(open_store(database.options, &why).error() == store_errc::corrupt);
    CHECK(why.find("V9000__later") != std::string::npos);
    CHECK(migrate(database.options, contract::monday, &why).error() == store_errc::corrupt);
}

SCENARIO("the three dialects have the same list of steps", "[store]") {
    const auto sqlite = files_of("sqlite");
    CHECK(sqlite.size() >= 30);
    CHECK(files_of("mysql") == sqlite);
    CHECK(files_of("oracle") == sqlite);
}
