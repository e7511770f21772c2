#include "adapters/store/migrations.hpp"
#include "tests/store/fixture.hpp"
#include "tests/store/portable_dialect.hpp"
#include "tests/support/project_root.hpp"

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include <set>

using namespace hcp;
using namespace hcp::store;
using ports::store_errc;

namespace {

void change(const StoreOptions& options, const std::string& sql) {
    sqlite_api::sqlite3* db = nullptr;
    REQUIRE(sqlite_api::sqlite3_open(options.path.c_str(), &db) == SQLITE_OK);
    CHECK(sqlite_api::sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite_api::sqlite3_close(db);
}

class NextVersion final : public store::test::PortableDialect {
public:
    std::span<const MigrationFile> migrations() const override { return files_; }

private:
    std::vector<MigrationFile> files_ = [] {
        const auto ours = sqlite_dialect().migrations();
        std::vector<MigrationFile> files{ours.begin(), ours.end()};
        files.push_back({9001, "V9001__later", "create table if not exists later (id integer not null)"});
        files.push_back({9002, "V9002__contract_later", "create unique index if not exists later_id on later (id)"});
        return files;
    }();
};

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
    change(options, "create table other (x)");
    const auto status = contract::must(migration_status(options));
    CHECK_FALSE(status.front().applied_at);
    std::string why;
    CHECK(open_store(options, &why).error() == store_errc::corrupt);
    CHECK(why.find("V0001__schema_history") != std::string::npos);
}

SCENARIO("a step interrupted before its history is taken again", "[store]") {
    store::test::SqliteDatabase database;
    change(database.options, "delete from schema_history where step > 20");
    CHECK(contract::must(migrate(database.options, contract::monday)) == files_of("sqlite").size() - 20);
    CHECK(open_store(database.options));
}

SCENARIO("a step that was changed after its release is refused, naming both checksums", "[store]") {
    store::test::SqliteDatabase database;
    const auto ours = contract::must(migration_status(database.options)).at(3).checksum;
    const std::string other(64, 'f');
    change(database.options, "update schema_history set checksum = '" + other + "' where step = 4");
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

SCENARIO("what contracts is taken when it is asked for, and not needed", "[store]") {
    const NextVersion next;
    hcp::test::TempDirectory folder;
    StoreOptions options;
    options.path = folder.path() / "next.db";
    contract::must(migrate(options, contract::monday));
    const auto session = next.open(options, Access::write, false);
    const auto take = [&](Steps which) { return take_steps(next, *session, contract::monday, nullptr, which); };
    const auto script = [&](Steps which) {
        return script_of(next, compare_steps(next, *session, nullptr), contract::monday, which);
    };
    CHECK_THROWS(open_store(next, options, nullptr));
    CHECK(take(Steps::expand) == 1);
    CHECK(take(Steps::expand) == 0);
    CHECK(open_store(next, options, nullptr));
    CHECK(whole_schema(next).size() == whole_schema(sqlite_dialect()).size() + 1);
    CHECK(script(Steps::expand).empty());
    CHECK(script(Steps::all).find("V9002__contract_later") != std::string::npos);
    THEN("the version before works until then") {
        CHECK(open_store(options));
        CHECK(take(Steps::all) == 1);
        CHECK(take(Steps::all) == 0);
        CHECK(open_store(options).error() == store_errc::corrupt);
        CHECK(open_store(next, options, nullptr));
    }
}

SCENARIO("the three dialects have the same list of steps", "[store]") {
    const auto sqlite = files_of("sqlite");
    CHECK(sqlite.size() >= 30);
    CHECK(files_of("mysql") == sqlite);
    CHECK(files_of("oracle") == sqlite);
}
