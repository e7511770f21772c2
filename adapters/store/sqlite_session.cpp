#include "adapters/store/sqlite_session.hpp"

namespace hcp::store {
namespace {

// As a URI, because SOCI's parameters know no VFS. Everything but plain path characters is escaped, blanks among them,
// at which SOCI would cut.
std::string connection(const StoreOptions& options, bool create) {
    std::string uri = "file:";
    constexpr std::string_view hex = "0123456789ABCDEF";
    for (const char c : options.path.string()) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                           std::string_view{"/._-"}.find(c) != std::string_view::npos;
        if (plain) {
            uri += c;
        } else {
            uri += '%';
            uri += hex[byte >> 4];
            uri += hex[byte & 15];
        }
    }
    uri += create ? "?mode=rwc" : "?mode=rw";
    if (!options.vfs_name.empty()) uri += "&vfs=" + options.vfs_name;
    return "dbname=" + uri;
}

}  // namespace

std::string with_list(std::string_view sql, std::size_t size) {
    constexpr std::string_view mark = "@list";
    const auto at = sql.find(mark);
    if (at == std::string_view::npos) return std::string{sql};
    std::string out{sql.substr(0, at)};
    for (std::size_t i = 0; i < size; ++i) out += i == 0 ? "?" : ",?";
    return out += sql.substr(at + mark.size());
}

SqliteSession::SqliteSession(const StoreOptions& options, Access access, bool create, const StatementTable& table)
    : table_{table} {
    soci_.open(soci::sqlite3, connection(options, create));
    db_ = native_handle(soci_);
    sqlite_api::sqlite3_extended_result_codes(db_, 1);
    sqlite_api::sqlite3_busy_timeout(db_, static_cast<int>(options.busy_timeout.count()));
    if (access == Access::read) {
        run("pragma query_only = on");
        return;
    }
    run("pragma journal_mode = wal");
    run("pragma synchronous = full");
    run("pragma foreign_keys = on");
    // The keyed digests fall all over their indexes: a longer log writes a page once that several transactions have
    // touched, which doubles the rate of a growing database; a larger cache (64 MB was tried) changed nothing.
    run("pragma cache_size = -8192");
    run("pragma wal_autocheckpoint = 8000");
}

SqliteSession::~SqliteSession() {
    statements_.clear();  // before the connection they belong to
}

void SqliteSession::run(const char* sql) {
    if (sqlite_api::sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        throw StoreError{sqlite_error(sqlite_api::sqlite3_extended_errcode(db_))};
}

void SqliteSession::begin(Access access) {
    run(access == Access::write ? "begin immediate" : "begin");
}

void SqliteSession::commit() {
    if (sqlite_api::sqlite3_exec(db_, "commit", nullptr, nullptr, nullptr) == SQLITE_OK) return;
    throw StoreError{sqlite_error(sqlite_api::sqlite3_extended_errcode(db_), true)};
}

void SqliteSession::rollback() noexcept {
    // After some errors SQLite has already rolled back by itself.
    if (sqlite_api::sqlite3_get_autocommit(db_) == 0)
        sqlite_api::sqlite3_exec(db_, "rollback", nullptr, nullptr, nullptr);
}

SqliteStatement& SqliteSession::prepared(Sql which, std::size_t list_size) {
    const auto key = static_cast<std::size_t>(which) * 1024 + list_size;
    if (const auto found = statements_.find(key); found != statements_.end()) return found->second;
    return statements_.emplace(key, SqliteStatement{db_, with_list(table_[static_cast<std::size_t>(which)], list_size)})
        .first->second;
}

void SqliteSession::each(Sql which, std::size_t width, std::span<const Value> rows,
                         std::vector<std::int64_t>* changed) {
    auto& statement = prepared(which, 0);
    for (; !rows.empty(); rows = rows.subspan(width)) {
        const SqliteRun run{statement};
        for (std::size_t i = 0; i < width; ++i) statement.bind(static_cast<int>(i) + 1, rows[i]);
        statement.step();
        if (changed != nullptr) changed->push_back(sqlite_api::sqlite3_changes(db_));
    }
}

void SqliteSession::in_parts(Sql which, std::span<const Value> fixed, std::span<const Value> list,
                             const std::function<void(SqliteStatement&)>& use) {
    do {
        std::size_t size = 0;
        if (!list.empty())
            size = *std::find_if(list_sizes.begin(), list_sizes.end(),
                                 [&](auto s) { return s >= list.size() || s == list_sizes.back(); });
        auto& statement = prepared(which, size);
        const SqliteRun run{statement};
        int position = 0;
        for (const auto& v : fixed) statement.bind(++position, v);
        // A part that is not full repeats its last key, which finds nothing new.
        for (std::size_t i = 0; i < size; ++i) statement.bind(++position, list[std::min(i, list.size() - 1)]);
        use(statement);
        list = list.subspan(std::min(size, list.size()));
    } while (!list.empty());
}

void SqliteSession::query(Sql which, std::span<const Value> fixed, std::span<const Value> list,
                          const std::function<void(const Row&)>& row) {
    in_parts(which, fixed, list, [&](SqliteStatement& statement) {
        while (statement.step()) row(statement);
    });
}

std::int64_t SqliteSession::change(Sql which, std::span<const Value> fixed, std::span<const Value> list) {
    std::int64_t changed = 0;
    in_parts(which, fixed, list, [&](SqliteStatement& statement) {
        statement.step();
        changed += sqlite_api::sqlite3_changes(db_);
    });
    return changed;
}

bool SqliteSession::has_table(std::string_view name) {
    SqliteStatement statement{db_, "select 1 from sqlite_master where type = 'table' and name = ?"};
    statement.bind(1, Value::text(name));
    return statement.step();
}

}  // namespace hcp::store
