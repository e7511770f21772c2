#include "integration/bench/bare_store.hpp"

#include <sqlite3.h>

#include <map>

namespace bare {
namespace {

class Sqlite final : public Client {
public:
    explicit Sqlite(const std::string& file) {
        need(sqlite3_open(file.c_str(), &db_), SQLITE_OK);
        sqlite3_busy_timeout(db_, 60'000);
        // The store's own settings: what is compared is the work.
        for (const auto* pragma : {"journal_mode = wal", "synchronous = full", "foreign_keys = on",
                                   "cache_size = -8192", "wal_autocheckpoint = 8000"})
            run(std::string{"pragma "} + pragma);
    }
    ~Sqlite() override {
        for (const auto& [sql, statement] : prepared_) sqlite3_finalize(statement);
        sqlite3_close(db_);
    }

    Table read(const std::string& sql) override {
        auto* const statement = prepared(sql);
        Table out;
        const int width = sqlite3_column_count(statement);
        for (int i = 0; i < width; ++i) out.columns.emplace_back(sqlite3_column_name(statement, i));
        while (sqlite3_step(statement) == SQLITE_ROW) {
            auto& row = out.rows.emplace_back();
            for (int i = 0; i < width; ++i) row.push_back(value(statement, i));
        }
        sqlite3_reset(statement);
        return out;
    }
    void begin() override { run("begin immediate"); }
    void commit() override { run("commit"); }
    void write(const std::string& sql, std::span<const Row> rows) override {
        auto* const statement = prepared(sql);
        for (const auto& row : rows) {
            for (int at = 0; const auto& one : row) bind(statement, ++at, one);
            need(sqlite3_step(statement), SQLITE_DONE);
            sqlite3_reset(statement);
        }
    }

private:
    void need(int code, int wanted) {
        if (code != wanted) give_up("sqlite", sqlite3_errmsg(db_));
    }
    void run(const std::string& sql) { need(sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK); }
    sqlite3_stmt* prepared(const std::string& sql) {
        auto& statement = prepared_[sql];
        if (statement == nullptr) need(sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr), SQLITE_OK);
        return statement;
    }
    static Value value(sqlite3_stmt* statement, int at) {
        const auto content = [&] {
            const auto* const from = static_cast<const char*>(sqlite3_column_blob(statement, at));
            return std::string(from, static_cast<std::size_t>(sqlite3_column_bytes(statement, at)));
        };
        switch (sqlite3_column_type(statement, at)) {
            case SQLITE_INTEGER:
                return {Value::Kind::integer, sqlite3_column_int64(statement, at), {}};
            case SQLITE_TEXT:
                return {Value::Kind::text, 0, content()};
            case SQLITE_BLOB:
                return {Value::Kind::bytes, 0, content()};
            default:
                return {};
        }
    }
    static void bind(sqlite3_stmt* statement, int at, const Value& value) {
        const auto size = static_cast<int>(value.content.size());
        switch (value.kind) {
            case Value::Kind::null:
                sqlite3_bind_null(statement, at);
                return;
            case Value::Kind::integer:
                sqlite3_bind_int64(statement, at, value.integer);
                return;
            case Value::Kind::text:
                sqlite3_bind_text(statement, at, value.content.data(), size, SQLITE_STATIC);
                return;
            case Value::Kind::bytes:
                sqlite3_bind_blob(statement, at, value.content.data(), size, SQLITE_STATIC);
                return;
        }
    }

    sqlite3* db_ = nullptr;
    std::map<std::string, sqlite3_stmt*> prepared_;
};

}  // namespace

std::unique_ptr<Client> sqlite_client(const std::string& where) {
    return std::make_unique<Sqlite>(where);
}

}  // namespace bare
