#include "adapters/store/sqlite_session.hpp"

#include "plugin/run/sqlite_wal.hpp"

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>

#include <algorithm>
#include <thread>

namespace hcp::store {
namespace {

constexpr Statement table_columns{"sqlite.table_columns",
                                  "select name, lower(type), \"notnull\" from pragma_table_info(:table) order by cid"};
constexpr Statement index_columns{"sqlite.index_columns", R"(
    select c.name, i."unique" from pragma_index_list(:table) i join pragma_index_info(i.name) c
    where i.name = :name order by c.seqno)"};

// As a URI, because SOCI's parameters know no VFS. Everything but plain path characters is escaped, blanks among them,
// at which SOCI would cut.
std::string connection(const StoreOptions& options, bool create) {
    constexpr auto plain = boost::urls::unreserved_chars + '/';
    const auto escaped = [&](const std::string& text) { return boost::urls::encode(text, plain); };
    auto uri = "file:" + escaped(options.path.string());
    uri += create ? "?mode=rwc" : "?mode=rw";
    if (!options.vfs_name.empty()) uri += "&vfs=" + escaped(options.vfs_name);
    return "dbname=" + uri;
}

}  // namespace

SqliteSession::SqliteSession(const StoreOptions& options, Access access, bool create, const Dialect& dialect)
    : dialect_{dialect} {
    soci_.open(soci::sqlite3, connection(options, create));
    db_ = native_handle(soci_);
    sqlite_api::sqlite3_extended_result_codes(db_, 1);
    sqlite_api::sqlite3_busy_timeout(db_, static_cast<int>(options.busy_timeout.count()));
    if (access == Access::read) {
        run("pragma query_only = on");
        return;
    }
    keep_log(options.busy_timeout);
    run("pragma synchronous = full");
    run("pragma foreign_keys = on");
    // The keyed digests fall all over their indexes: a longer log writes a page once that several transactions have
    // touched, which doubles the rate of a growing database; a larger cache (64 MB was tried) changed nothing.
    run("pragma cache_size = -8192");
    run("pragma wal_autocheckpoint = 8000");
    // What the log may keep when it starts over: more than it has between two copies, less than is heavy.
    run(("pragma journal_size_limit = " + std::to_string(options.heavy_wal_bytes / 4 * 3)).c_str());
}

SqliteSession::~SqliteSession() {
    ready_.clear();  // before the connection they belong to
}

void SqliteSession::run(const char* sql) {
    if (sqlite_api::sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) throw sqlite_failure(db_);
}

// Of several that open a new file at once, whoever finds another at it is told so without the wait that it asked for.
void SqliteSession::keep_log(std::chrono::milliseconds patience) {
    constexpr std::chrono::milliseconds pause{10};
    for (auto waited = 0 * pause;; waited += pause) {
        const int rc = sqlite_api::sqlite3_exec(db_, "pragma journal_mode = wal", nullptr, nullptr, nullptr);
        if (rc == SQLITE_OK) return;
        if ((rc & 0xFF) != SQLITE_BUSY || waited >= patience) throw sqlite_failure(db_);
        std::this_thread::sleep_for(pause);
    }
}

void SqliteSession::begin(Access access) {
    run(access == Access::write ? "begin immediate" : "begin");
}

void SqliteSession::commit() {
    if (sqlite_api::sqlite3_exec(db_, "commit", nullptr, nullptr, nullptr) == SQLITE_OK) return;
    throw sqlite_failure(db_, true);
}

void SqliteSession::rollback() noexcept {
    // After some errors SQLite has already rolled back by itself.
    if (sqlite_api::sqlite3_get_autocommit(db_) == 0)
        sqlite_api::sqlite3_exec(db_, "rollback", nullptr, nullptr, nullptr);
}

void SqliteSession::shrink_wal() {
    run("pragma schema_version");
    run::shrink_wal(db_);
}

SqliteSession::Ready& SqliteSession::prepared(const Statement& which, std::size_t keys) {
    const Key key{&which, keys};
    if (const auto found = ready_.find(key); found != ready_.end()) return found->second;
    auto text = driver_text(spelled(which, dialect_), keys);
    SqliteStatement statement{db_, text.sql};
    return ready_.emplace(key, Ready{std::move(text), std::move(statement)}).first->second;
}

void SqliteSession::each(const Statement& which, const Encoder& rows, std::vector<std::int64_t>* changed) {
    if (rows.empty()) return;
    auto& [text, statement] = prepared(which, 0);
    const auto at = text.places(rows.names());
    const auto width = rows.names().size();
    for (auto values = rows.values(); !values.empty(); values = values.subspan(width)) {
        const SqliteRun run{statement};
        for (int position = 0; const auto name : text.order)
            statement.bind(++position, values[at[static_cast<std::size_t>(name)]]);
        statement.step();
        if (changed != nullptr) changed->push_back(sqlite_api::sqlite3_changes(db_));
    }
}

void SqliteSession::in_parts(const Statement& which, const Encoder& values, const Encoder& keys,
                             const std::function<void(SqliteStatement&)>& use) {
    auto list = keys.values();
    do {
        const auto size = part_of_list(list.size());
        auto& [text, statement] = prepared(which, size);
        const auto at = text.places(values.names());
        const SqliteRun run{statement};
        std::size_t taken = 0;
        for (int position = 0; const auto name : text.order) {
            // A part that is not full repeats its last key, which finds nothing new.
            const auto& value = name == DriverText::listed ? list[std::min(taken++, list.size() - 1)]
                                                           : values.values()[at[static_cast<std::size_t>(name)]];
            statement.bind(++position, value);
        }
        use(statement);
        list = list.subspan(std::min(size, list.size()));
    } while (!list.empty());
}

void SqliteSession::query(const Statement& which, const Encoder& values, const Encoder& keys,
                          const std::function<void(const Row&)>& row) {
    in_parts(which, values, keys, [&](SqliteStatement& statement) {
        while (statement.step()) row(statement);
    });
}

std::int64_t SqliteSession::change(const Statement& which, const Encoder& values, const Encoder& keys) {
    std::int64_t changed = 0;
    in_parts(which, values, keys, [&](SqliteStatement& statement) {
        statement.step();
        changed += sqlite_api::sqlite3_changes(db_);
    });
    return changed;
}

void SqliteSession::execute(std::string_view text) {
    run(std::string{text}.c_str());
}

bool SqliteSession::step(std::string_view text) {
    const bool made = found(made_by(text)).columns.empty();
    run(std::string{text}.c_str());  // each says "if not exists" itself
    return made;
}

SchemaObject SqliteSession::found(const SchemaObject& ours) {
    auto theirs = ours;
    theirs.columns.clear();
    if (ours.kind == SchemaObject::Kind::index) {
        query(index_columns, with("name", ours.name, "table", ours.table), {}, [&](const Row& row) {
            theirs.columns.push_back({std::string{row.text(0)}, {}, true});
            theirs.unique = row.integer(1) == 1;
        });
        return theirs;
    }
    query(table_columns, with("table", ours.name), {}, [&](const Row& row) {
        theirs.columns.push_back({std::string{row.text(0)}, std::string{row.text(1)}, row.integer(2) == 0});
    });
    return theirs;
}

bool SqliteSession::has_table(std::string_view name) {
    SqliteStatement statement{db_, "select 1 from sqlite_master where type = 'table' and name = ?"};
    statement.bind(1, Value::text(name));
    return statement.step();
}

}  // namespace hcp::store
