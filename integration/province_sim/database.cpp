#include "integration/province_sim/database.hpp"

#include <stdexcept>

namespace province_sim {

Database::Database(const std::filesystem::path& file, bool fast) {
    sqlite3* db = nullptr;
    const int outcome = sqlite3_open_v2(file.c_str(), &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    db_.reset(db);
    if (outcome != SQLITE_OK) throw std::runtime_error{"cannot open " + file.string() + ": " + sqlite3_errmsg(db)};
    sqlite3_busy_timeout(db, 10'000);
    execute("PRAGMA journal_mode = WAL");
    execute(fast ? "PRAGMA synchronous = OFF" : "PRAGMA synchronous = FULL");
}

Database::~Database() {
    prepared_.clear();
}

void Database::execute(const std::string& sql) {
    if (sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        throw std::runtime_error{sqlite3_errmsg(db_.get())};
}

Database::Query Database::query(std::string_view sql) {
    auto found = prepared_.find(sql);
    if (found == prepared_.end()) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v3(db_.get(), sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                               &statement, nullptr) != SQLITE_OK)
            throw std::runtime_error{sqlite3_errmsg(db_.get())};
        found = prepared_.emplace(std::string{sql}, statement).first;
    }
    return {db_.get(), found->second.get()};
}

Database::Query::~Query() {
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

Database::Query& Database::Query::bind(std::int64_t value) {
    sqlite3_bind_int64(statement_, ++bound_, value);
    return *this;
}

Database::Query& Database::Query::bind(std::string_view value) {
    ++bound_;
    if (!value.empty())
        sqlite3_bind_text(statement_, bound_, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT);
    return *this;
}

Database::Query& Database::Query::bind(const Fields& fields, std::span<const std::string_view> names) {
    for (const auto name : names) {
        const auto found = fields.find(name);
        bind(found == fields.end() ? std::string_view{} : std::string_view{found->second});
    }
    return *this;
}

bool Database::Query::step() {
    const int outcome = sqlite3_step(statement_);
    if (outcome != SQLITE_ROW && outcome != SQLITE_DONE) throw std::runtime_error{sqlite3_errmsg(db_)};
    return outcome == SQLITE_ROW;
}

std::string Database::Query::text(int column) const {
    const auto* const data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    return data == nullptr ? std::string{} : std::string{data};
}

Database::Transaction::Transaction(Database& database) : database_{database} {
    database_.query("BEGIN IMMEDIATE").step();
}

Database::Transaction::~Transaction() {
    if (!committed_) sqlite3_exec(database_.db_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Database::Transaction::commit() {
    database_.query("COMMIT").step();
    committed_ = true;
}

}  // namespace province_sim
