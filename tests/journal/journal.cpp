#include "plugin/run/descriptor.hpp"
#include "tests/journal/fixture.hpp"

#include <sqlite3.h>
#include <catch2/catch.hpp>

#include <thread>

using namespace hcp;
using Cases = std::vector<std::string>;

namespace {
void change_file(const std::filesystem::path& file, const std::string& sql) {
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(db);
}
}  // namespace

SCENARIO("who adds at an end that has moved is told so, and the log is not", "[journal]") {
    test::Fixture f;
    const domain::Event one = test::completion("one");
    const auto end = f.journal->extent().end;
    REQUIRE(f.add("first"));
    CHECK(f.journal->append_at(end, {&one, 1}, test::at(2)).error() == ports::journal_errc::moved);
    CHECK(f.log.all.empty());
}

SCENARIO("a record that was changed, or sealed for another place, is noticed; those before it are still read",
         "[journal]") {
    test::Fixture f;
    for (const auto* name : {"a", "b", "c"}) REQUIRE(f.add(name));
    f.journal.reset();
    const std::string fault = GENERATE(
        as<std::string>{}, "update frame set sealed = substr(sealed, 1, length(sealed) - 1) || x'00' where frame = 2",
        "update frame set sealed = x'' where frame = 2", "update frame set accepted_at_us = 1 where frame = 2",
        "update frame set events = 2 where frame = 2");
    change_file(f.options.path, fault);
    f.journal = journal::open(f.options, *f.seal, f.log).value();
    CHECK(f.read() == Cases{"a"});
    REQUIRE(f.journal->forget_through({1, 0}));
    CHECK(f.journal->read(10).error() == ports::journal_errc::corrupt);
    CHECK(f.journal->read(10).error() == ports::journal_errc::corrupt);
    CHECK(f.log.all.size() == 1);  // said once
}

SCENARIO("a record copied into another journal does not open there", "[journal]") {
    test::Fixture f, other;
    REQUIRE(f.add("a"));
    REQUIRE(other.add("b"));
    f.journal.reset();
    other.journal.reset();
    change_file(other.options.path, "attach '" + f.options.path.string() +
                                        "' as f; update frame set sealed = (select sealed from f.frame)");
    other.journal = journal::open(other.options, *other.seal, other.log).value();
    CHECK(other.journal->read(10).error() == ports::journal_errc::corrupt);
}

SCENARIO("the WAL does not grow without end although nothing is read or forgotten", "[journal]") {
    test::Fixture f;
    f.options.sync_every_commit = false;  // only to be quick
    f.reopen();
    const int threads = GENERATE(1, 4);
    constexpr int calls = 6000;
    std::vector<std::thread> callers;
    for (int t = 0; t < threads; ++t)
        callers.emplace_back([&] {
            for (int i = 0; i < calls / threads; ++i) (void)f.add("case");
        });
    for (auto& t : callers) t.join();
    CHECK(f.journal->stats()->events == calls);
    constexpr std::uintmax_t page_bytes = 4096 + 24;
    CHECK(std::filesystem::file_size(f.options.path.string() + "-wal") < 3000 * page_bytes);
}

SCENARIO("nothing of what was forgotten is left in the files after a purge", "[journal]") {
    test::Fixture f;
    f.reopen();
    for (int i = 0; i < 40; ++i) REQUIRE(f.add("case"));
    // What lies sealed, by its first bytes.
    std::vector<std::string> sealed;
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(f.options.path.c_str(), &db) == SQLITE_OK);
    const auto note = [](void* all, int, char** values, char**) {
        static_cast<std::vector<std::string>*>(all)->emplace_back(values[0]);
        return 0;
    };
    REQUIRE(sqlite3_exec(db, "select hex(substr(sealed, 1, 32)) from frame", note, &sealed, nullptr) == SQLITE_OK);
    sqlite3_close(db);
    REQUIRE(sealed.size() == 40);
    const auto remains = [&] {
        const auto files = *run::text_of_file(f.options.path) +
                           run::text_of_file(f.options.path.string() + "-wal").value_or(std::string{});
        return std::ranges::count_if(sealed, [&](const std::string& one) {
            const auto bytes = *domain::bytes_from_hex(one);
            return files.find(std::string{bytes.begin(), bytes.end()}) != std::string::npos;
        });
    };
    CHECK(f.journal->purge().value() == ports::Purged::not_now);
    REQUIRE(f.journal->forget_through({40, 0}));
    CHECK(remains() == 40);

    sqlite3* backup = nullptr;
    REQUIRE(sqlite3_open(f.options.path.c_str(), &backup) == SQLITE_OK);
    REQUIRE(sqlite3_exec(backup, "begin; select * from journal", nullptr, nullptr, nullptr) == SQLITE_OK);
    CHECK(f.journal->purge().value() == ports::Purged::not_now);
    REQUIRE(sqlite3_exec(backup, "rollback", nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(backup);
    CHECK(f.journal->purge().value() == ports::Purged::done);
    CHECK(remains() == 0);
    CHECK(f.journal->purge().value() == ports::Purged::nothing);
    REQUIRE(f.add("after"));
    f.reopen();
    CHECK(f.read() == Cases{"after"});
    CHECK(f.journal->extent().end == ports::Position{41, 0});
}

SCENARIO("the WAL that a reader from elsewhere has made heavy is cut when that reader goes, and nothing waits for it",
         "[journal]") {
    test::Fixture f;
    f.options.heavy_wal_bytes = 1 << 20;
    f.options.sync_every_commit = false;  // only to be quick
    f.reopen();
    const auto wal_bytes = [&] { return std::filesystem::file_size(f.options.path.string() + "-wal"); };
    REQUIRE(f.add("before"));
    sqlite3* backup = nullptr;
    REQUIRE(sqlite3_open(f.options.path.c_str(), &backup) == SQLITE_OK);
    REQUIRE(sqlite3_exec(backup, "begin; select * from frame", nullptr, nullptr, nullptr) == SQLITE_OK);
    for (int i = 0; i < 400; ++i) REQUIRE(f.add("case"));
    CHECK(f.journal->tend_wal().value() >= f.options.heavy_wal_bytes);
    REQUIRE(f.add("beside it"));

    REQUIRE(sqlite3_exec(backup, "rollback", nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(backup);
    CHECK(f.journal->tend_wal().value() == 0);
    CHECK(wal_bytes() == 0);
    REQUIRE(f.add("after"));
    CHECK(f.journal->stats()->events == 403);
    f.reopen();
    CHECK(f.read().size() == 403);
}
