#include "adapters/store/sqlite_errors.hpp"
#include "tests/store/faulty_vfs.hpp"
#include "tests/store/fixture.hpp"
#include "tests/support/manual_clock.hpp"

#include <sqlite3.h>

#include <fstream>

using namespace hcp;
using namespace hcp::store;
using namespace std::chrono_literals;
using contract::must;
using contract::put;
using contract::Samples;
using ports::store_errc;

namespace {

bool has(ports::Store& store, const ports::SubjectRow& subject) {
    return contract::reading(store,
                             [&](ports::Snapshot& rows) {
                                 return rows.subjects().by_lookup(std::span{&subject.lookup, 1});
                             })[0]
        .has_value();
}

}  // namespace

SCENARIO("SQLite's codes mean to the caller whether it happened and whether to repeat", "[store]") {
    CHECK(sqlite_error(SQLITE_CONSTRAINT_UNIQUE) == store_errc::conflict);
    CHECK(sqlite_error(SQLITE_CONSTRAINT_PRIMARYKEY) == store_errc::conflict);
    CHECK(sqlite_error(SQLITE_CONSTRAINT_ROWID) == store_errc::conflict);
    CHECK(sqlite_error(SQLITE_CONSTRAINT_CHECK) == store_errc::refused);
    CHECK(sqlite_error(SQLITE_CONSTRAINT_NOTNULL) == store_errc::refused);
    CHECK(sqlite_error(SQLITE_CONSTRAINT_FOREIGNKEY) == store_errc::refused);
    CHECK(sqlite_error(SQLITE_TOOBIG) == store_errc::refused);
    CHECK(sqlite_error(SQLITE_BUSY_SNAPSHOT) == store_errc::unavailable);
    CHECK(sqlite_error(SQLITE_LOCKED) == store_errc::unavailable);
    CHECK(sqlite_error(SQLITE_CANTOPEN) == store_errc::unavailable);
    CHECK(sqlite_error(SQLITE_FULL) == store_errc::unavailable);
    CHECK(sqlite_error(SQLITE_IOERR_READ) == store_errc::unavailable);
    CHECK(sqlite_error(SQLITE_IOERR_FSYNC, true) == store_errc::in_doubt);
    CHECK(sqlite_error(SQLITE_FULL, true) == store_errc::unavailable);
    CHECK(sqlite_error(SQLITE_CORRUPT_INDEX) == store_errc::corrupt);
    CHECK(sqlite_error(SQLITE_NOTADB) == store_errc::corrupt);
    CHECK(sqlite_error(SQLITE_ERROR) == store_errc::corrupt);
}

SCENARIO("a file that is no database is corrupt, a folder that is not there unavailable", "[store]") {
    hcp::test::TempDirectory folder;
    StoreOptions options;
    options.path = folder.path() / "text.db";
    std::ofstream{options.path} << std::string(10'000, 'x');
    std::string why;
    CHECK(open_store(options, &why).error() == store_errc::corrupt);
    CHECK_FALSE(why.empty());
    options.path = folder.path() / "none" / "store.db";
    CHECK(migrate(options, contract::monday, &why).error() == store_errc::unavailable);
    CHECK(why.find("none") != std::string::npos);
}

SCENARIO("while another process writes for too long the store is unavailable, then works again", "[store]") {
    store::test::SqliteDatabase database;
    database.options.busy_timeout = std::chrono::milliseconds{1};
    const auto store = database.open();
    sqlite3* other = nullptr;
    REQUIRE(sqlite3_open(database.options.path.c_str(), &other) == SQLITE_OK);
    REQUIRE(sqlite3_exec(other, "begin immediate", nullptr, nullptr, nullptr) == SQLITE_OK);
    Samples make;
    const auto subject = make.subject();
    CHECK(put(*store, subject).error() == store_errc::unavailable);
    CHECK_FALSE(has(*store, subject));
    REQUIRE(sqlite3_exec(other, "rollback", nullptr, nullptr, nullptr) == SQLITE_OK);
    must(put(*store, subject));
    sqlite3_close(other);
}

SCENARIO("a full disk stores nothing and says so; with room again the store works", "[store]") {
    store::test::SqliteDatabase database;
    store::test::FaultyVfs vfs;
    database.options.vfs_name = store::test::FaultyVfs::name;
    const auto store = database.open();
    Samples make;
    const auto subject = make.subject();
    vfs.fail_writes_with(SQLITE_FULL);
    CHECK(put(*store, subject).error() == store_errc::unavailable);
    CHECK_FALSE(has(*store, subject));
    vfs.fail_writes_with(SQLITE_OK);
    must(put(*store, subject));
    CHECK(has(*store, subject));
}

SCENARIO("a commit whose sync fails is in doubt; the store goes on afterwards", "[store]") {
    store::test::SqliteDatabase database;
    store::test::FaultyVfs vfs;
    database.options.vfs_name = store::test::FaultyVfs::name;
    const auto store = database.open();
    Samples make;
    vfs.fail_syncs_with(SQLITE_IOERR_FSYNC);
    CHECK(put(*store, make.subject()).error() == store_errc::in_doubt);
    vfs.fail_syncs_with(SQLITE_OK);
    const auto subject = make.subject();
    must(put(*store, subject));
    CHECK(has(*store, subject));
}

SCENARIO("what was committed outlives a power cut", "[store]") {
    store::test::SqliteDatabase database;
    Samples make;
    std::vector<ports::SubjectRow> committed;
    {
        store::test::FaultyVfs vfs;
        database.options.vfs_name = store::test::FaultyVfs::name;
        const auto store = database.open();
        for (int i = 0; i < 50; ++i) {
            committed.push_back(make.subject());
            must(put(*store, committed.back()));
        }
        vfs.cut_power();
        CHECK_FALSE(put(*store, make.subject()));
    }
    database.options.vfs_name.clear();
    std::filesystem::remove(database.options.path.string() + "-shm");  // memory does not outlive it either
    const auto store = database.open();
    for (const auto& subject : committed) CHECK(has(*store, subject));
}

SCENARIO("whoever was stopped for longer than its lease asks for its number before it writes", "[store]") {
    store::test::SqliteDatabase database;
    hcp::test::ManualBootClock boot;
    auto options = database.options;
    options.boot = &boot;
    const auto asleep = must(open_store(options)), other = database.open();
    const auto number = must(asleep->lease_instance("甲", contract::monday, contract::monday + 60s));
    Samples make;
    const auto write = [&] {
        const auto subject = make.subject();
        return asleep->write([&](ports::Transaction& rows) { return rows.subjects().insert(std::span{&subject, 1}); });
    };
    const auto leased_until = [&] {
        std::int64_t until = 0;
        const auto take = [](void* to, int, char** values, char**) {
            *static_cast<std::int64_t*>(to) = std::stoll(values[0]);
            return 0;
        };
        sqlite3* db = nullptr;
        REQUIRE(sqlite3_open(database.options.path.c_str(), &db) == SQLITE_OK);
        sqlite3_exec(db, "select leased_until_us from instances where token = '甲'", take, &until, nullptr);
        sqlite3_close(db);
        return domain::instant_from_us(until);
    };
    REQUIRE(write());
    CHECK(leased_until() == contract::monday + 60s);
    boot.advance(90s);
    WHEN("it still has it, the lease goes on from now") {
        CHECK(write());
        CHECK(leased_until() == contract::monday + 150s);
    }
    WHEN("another has it") {
        for (int i = 2; i <= 1023; ++i)
            must(other->lease_instance(std::to_string(i), contract::monday, contract::monday + 1h));
        REQUIRE(must(other->lease_instance("乙", contract::monday + 90s, contract::monday + 1h)) == number);
        CHECK(write().error() == store_errc::unavailable);
        CHECK(asleep->complaint().find("已归其他实例") != std::string::npos);
    }
}
