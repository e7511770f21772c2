#include "tests/store/fixture.hpp"

#include <sqlite3.h>

#include <filesystem>

using namespace hcp;
using namespace hcp::store;
using contract::must;
using contract::put;
using contract::Samples;

namespace {

constexpr std::int64_t heavy = 256 * 1024;

struct HeavyEarly {
    HeavyEarly() { database.options.heavy_wal_bytes = heavy; }
    std::unique_ptr<ports::Store> open() { return database.open(); }
    [[nodiscard]] const std::filesystem::path& file() const { return database.options.path; }
    [[nodiscard]] std::int64_t wal_bytes() const {
        return static_cast<std::int64_t>(std::filesystem::file_size(file().string() + "-wal"));
    }
    store::test::SqliteDatabase database;
};

// Some other program's, in a transaction that stays open.
class Reader {
public:
    explicit Reader(const std::filesystem::path& file) {
        REQUIRE(sqlite3_open(file.c_str(), &db_) == SQLITE_OK);
        REQUIRE(sqlite3_exec(db_, "begin; select count(*) from subjects", nullptr, nullptr, nullptr) == SQLITE_OK);
    }
    ~Reader() { sqlite3_close(db_); }
    Reader(const Reader&) = delete;

private:
    sqlite3* db_ = nullptr;
};

void fill(ports::Store& store, Samples& make, int transactions) {
    for (int i = 0; i < transactions; ++i) must(put(store, make.subject()));
}

}  // namespace

SCENARIO("a log that is not heavy is left as it is", "[store]") {
    HeavyEarly database;
    const auto store = database.open();
    Samples make;
    fill(*store, make, 1);
    const auto before = database.wal_bytes();
    REQUIRE(before > 0);
    CHECK(must(store->tend_wal()) == before);
    CHECK(database.wal_bytes() == before);
}

SCENARIO("a log that a reader has made heavy is told of as it is, and cut when the reader goes", "[store]") {
    HeavyEarly database;
    const auto store = database.open();
    Samples make;
    {
        const Reader reader{database.file()};
        fill(*store, make, 60);
        REQUIRE(database.wal_bytes() >= heavy);
        CHECK(must(store->tend_wal()) == database.wal_bytes());
        CHECK(database.wal_bytes() >= heavy);
    }
    CHECK(must(store->tend_wal()) == std::int64_t{0});
    CHECK(database.wal_bytes() == 0);
    THEN("the store goes on from there") {
        fill(*store, make, 1);
        CHECK(database.wal_bytes() > 0);
        CHECK(database.wal_bytes() < heavy);
    }
}

SCENARIO("a heavy log is tended beside a transaction that writes, and neither waits for the other", "[store]") {
    HeavyEarly database;
    const auto store = database.open();
    Samples make;
    {
        const Reader reader{database.file()};
        fill(*store, make, 60);
    }
    const auto subject = make.subject();
    must(store->write([&](ports::Transaction& tx) -> ports::result<void> {
        HCP_CHECK(tx.subjects().insert(std::span{&subject, 1}));
        CHECK(must(store->tend_wal()) >= heavy);  // would never come back if it waited: the writer is here
        return {};
    }));
    CHECK(must(store->tend_wal()) == std::int64_t{0});
}

SCENARIO("with others always reading, the log is cut by whoever writes it from its beginning", "[store]") {
    HeavyEarly database;
    const auto store = database.open();
    Samples make;
    {
        const Reader reader{database.file()};
        fill(*store, make, 200);
        REQUIRE(database.wal_bytes() >= heavy);
    }
    sqlite3* other = nullptr;  // copies all of it, as the store itself does after so many pages
    REQUIRE(sqlite3_open(database.file().c_str(), &other) == SQLITE_OK);
    REQUIRE(sqlite3_exec(other, "pragma schema_version", nullptr, nullptr, nullptr) == SQLITE_OK);
    REQUIRE(sqlite3_wal_checkpoint_v2(other, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr) == SQLITE_OK);
    fill(*store, make, 1);
    CHECK(database.wal_bytes() <= heavy / 4 * 3);
    sqlite3_close(other);
}
