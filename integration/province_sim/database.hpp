// One SQLite file: each statement prepared once, each use of it undone at its end, writes in transactions.
#pragma once
#include "integration/province_sim/checks.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace province_sim {

// For one thread at a time. Throws std::runtime_error when SQLite fails.
class Database {
public:
    class Query;
    class Transaction;

    // `fast` gives up the sync at commit: for benchmarks and for tests that cut no power.
    Database(const std::filesystem::path& file, bool fast);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    void execute(const std::string& sql);
    [[nodiscard]] Query query(std::string_view sql);
    // The id of the row inserted last.
    [[nodiscard]] std::int64_t last_id() const { return sqlite3_last_insert_rowid(db_.get()); }

private:
    struct Finalize {
        void operator()(sqlite3_stmt* p) const noexcept { sqlite3_finalize(p); }
    };
    struct Close {
        void operator()(sqlite3* p) const noexcept { sqlite3_close_v2(p); }
    };

    std::unique_ptr<sqlite3, Close> db_;
    std::map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>, std::less<>> prepared_;
};

// One use of a prepared statement; reset at the end, so that it holds no lock on the file. Marks are bound in order.
class Database::Query {
public:
    Query(sqlite3* db, sqlite3_stmt* statement) : db_{db}, statement_{statement} {}
    ~Query();
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    Query& bind(std::int64_t value);
    // Empty is NULL.
    Query& bind(std::string_view value);
    Query& bind(const Fields& fields, std::span<const std::string_view> names);
    // Whether there is a row.
    bool step();
    [[nodiscard]] int number(int column) const { return sqlite3_column_int(statement_, column); }
    [[nodiscard]] std::int64_t wide_number(int column) const { return sqlite3_column_int64(statement_, column); }
    [[nodiscard]] std::string text(int column) const;

private:
    sqlite3* db_;
    sqlite3_stmt* statement_;
    int bound_ = 0;
};

// Rolled back unless committed.
class Database::Transaction {
public:
    explicit Transaction(Database& database);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    Database& database_;
    bool committed_ = false;
};

}  // namespace province_sim
