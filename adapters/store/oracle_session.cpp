#include "adapters/store/oracle_session.hpp"

#include "adapters/store/complaint.hpp"
#include "adapters/store/information_schema.hpp"
#include "adapters/store/list_parts.hpp"
#include "adapters/store/ways.hpp"

#include <soci/odbc/soci-odbc.h>

#include <algorithm>

namespace hcp::store {
namespace {

constexpr Statement table_columns{"oracle.table_columns", R"(
    select lower(column_name), lower(data_type), case when data_type = 'NUMBER' then data_precision
    when data_type = 'RAW' then data_length when data_type like '%CHAR%' then char_length end, nullable
    from all_tab_columns where owner = sys_context('userenv', 'current_schema') and table_name = upper(:name)
    order by column_id)"};
constexpr Statement index_columns{"oracle.index_columns", R"(
    select lower(c.table_name), lower(c.column_name), i.uniqueness from all_ind_columns c
    join all_indexes i on i.owner = c.index_owner and i.index_name = c.index_name
    where c.index_owner = sys_context('userenv', 'current_schema') and c.index_name = upper(:name)
    order by c.column_position)"};

constexpr std::size_t most_rows = 500;
constexpr std::size_t most_bytes = std::size_t{4} << 20;  // of an array, whose places are all as wide as the widest

// The library keeps the type information of its backends to itself, so the sanitizer cannot check this cast.
[[nodiscard]] __attribute__((no_sanitize("vptr"))) soci::odbc_session_backend& backend(soci::session& session) {
    return *static_cast<soci::odbc_session_backend*>(session.get_backend());
}

void connect(soci::session& session, const StoreOptions& options) {
    const OdbcPatience patience{options.connect_timeout, options.busy_timeout};
    session.open(soci::odbc, connection_of(options));
}

std::string number_of(const OdbcFault& fault) {
    return (fault.oracle ? "ORA-" : "MySQL ") + std::to_string(fault.native) + " (" + std::string{fault.state} + ")";
}

}  // namespace

OracleSession::OracleSession(const StoreOptions& options, Access, const Dialect& dialect) : dialect_{dialect} {
    need_odbc_manager();
    connect(soci_, options);
    connection_ = backend(soci_).hdbc_;
    driver_.oracle = backend(soci_).get_database_product() == soci::odbc_session_backend::prod_oracle;
    if (driver_.oracle)
        driver_.query_timeout_s =
            static_cast<SQLULEN>(std::chrono::ceil<std::chrono::seconds>(options.busy_timeout).count());
    SQLUINTEGER extensions = 0;
    if (SQLGetInfo(connection_, SQL_GETDATA_EXTENSIONS, &extensions, sizeof extensions, nullptr) == SQL_SUCCESS)
        driver_.binds_columns = (extensions & SQL_GD_ANY_COLUMN) != 0;
    translated([&] {
        if (SQLSetConnectAttr(connection_, SQL_ATTR_AUTOCOMMIT, SQL_AUTOCOMMIT_OFF, SQL_IS_UINTEGER) == SQL_ERROR)
            throw odbc_error(SQL_HANDLE_DBC, connection_);
    });
    // Compared and sorted by nobody's alphabet, whatever the client's environment says.
    if (driver_.oracle) run("alter session set nls_comp = binary nls_sort = binary nls_numeric_characters = '.,'");
    if (!options.schema.empty()) run((driver_.oracle ? dialect : mysql_dialect()).enter(options.schema));
    need_unicode();
}

OracleSession::~OracleSession() {
    rollback();      // no driver disconnects in the middle of a transaction
    ready_.clear();  // before the connection they belong to
}

// Neither the driver nor the connection may change a text.
void OracleSession::need_unicode() {
    constexpr std::string_view first = "默", probe = "默𠮷·😀１２进";
    const Value values[] = {Value::text(probe)};
    constexpr std::size_t places[] = {0, 0};
    const bool unchanged = translated([&] {
        OdbcStatement statement{connection_, "select ?, substr(?, 1, 1) from dual", driver_};
        statement.run(values, places, 1);
        // Taken for another character set, it would be read back rightly and counted wrongly.
        return statement.fetch() && statement.text(0) == probe && statement.text(1) == first;
    });
    if (!unchanged)
        throw soci::soci_error{
            "文字经过这个连接会变样（试了生僻字、间隔号、表情、全角数字）；请让连接使用 UTF-8："
            "Oracle 设环境变量 NLS_LANG=.AL32UTF8，MariaDB 的驱动在连接串中加 CHARSET=utf8mb4"};
}

template <class Work>
auto OracleSession::translated(const Work& work) -> decltype(work()) {
    begun_ = true;
    try {
        return work();
    } catch (const OdbcError& error) {
        const auto fault = error.fault(driver_.oracle);
        lost_ = lost_ || is_loss(fault) || is_unfit(fault);
        yielded_ = is_yielding(fault);
        const auto code = oracle_errc(fault, std::exchange(committing_, false));
        throw StoreError{code, complaint_of(code, number_of(fault), error.text), is_lack_of_right(fault)};
    }
}

void OracleSession::run(const std::string& sql) {
    translated([&] { OdbcStatement{connection_, sql, driver_}.run({}, {}, 0); });
}

// A first statement that says nothing new, but reaches the server: a connection that it closed is noticed here.
void OracleSession::begin(Access access) {
    yielded_ = false;
    if (begun_) rollback();  // what was asked before the first transaction is one as well
    if (access == Access::write) return run("set transaction isolation level read committed");
    run(driver_.oracle ? "set transaction read only" : "set transaction isolation level repeatable read, read only");
}

void OracleSession::commit() {
    committing_ = true;
    translated([&] {
        if (SQLEndTran(SQL_HANDLE_DBC, connection_, SQL_COMMIT) == SQL_ERROR)
            throw odbc_error(SQL_HANDLE_DBC, connection_);
    });
    committing_ = begun_ = false;
}

void OracleSession::rollback() noexcept {
    begun_ = false;
    // What cannot even be rolled back is rolled back by the server, when it misses us.
    if (!lost_ && SQLEndTran(SQL_HANDLE_DBC, connection_, SQL_ROLLBACK) == SQL_ERROR) lost_ = true;
}

OracleSession::Ready& OracleSession::prepared(const Statement& which, std::size_t keys, Half half) {
    const Key key{&which, keys, half};
    if (const auto found = ready_.find(key); found != ready_.end()) return found->second;
    const auto both = spelled(which, dialect_);
    auto sql = std::string_view{both};
    const auto border = sql.find(or_else);
    const bool has_second = border != std::string_view::npos;
    if (has_second) sql = half == Half::first ? sql.substr(0, border) : sql.substr(border + or_else.size());
    auto text = driver_text(sql, keys);
    OdbcStatement statement{connection_, text.sql, driver_};
    return ready_.emplace(key, Ready{std::move(text), std::move(statement), has_second}).first->second;
}

std::size_t OracleSession::fitting(std::span<const Value> values, std::size_t width) {
    std::size_t rows = 0;
    for (std::size_t widest = 1; rows < most_rows && rows * width < values.size(); ++rows) {
        for (const auto& value : values.subspan(rows * width, width)) widest = std::max(widest, value.content.size());
        if (rows > 0 && (rows + 1) * widest > most_bytes) break;
    }
    return rows;
}

std::vector<std::size_t> OracleSession::places(const Ready& ready, std::span<const std::size_t> at) {
    std::vector<std::size_t> places;
    for (const auto name : ready.text.order) places.push_back(at[static_cast<std::size_t>(name)]);
    return places;
}

void OracleSession::run_all(Ready& ready, std::span<const Value> values, std::size_t width,
                            std::span<const std::size_t> at) {
    for (const auto places = OracleSession::places(ready, at); !values.empty();) {
        const auto some = values.first(fitting(values, width) * width);
        ready.statement.run(some, places, width);
        ready.statement.close();
        values = values.subspan(some.size());
    }
}

std::vector<std::int64_t> OracleSession::run_counting(Ready& ready, std::span<const Value> values, std::size_t width,
                                                      std::span<const std::size_t> at) {
    std::vector<std::int64_t> changed;
    for (const auto places = OracleSession::places(ready, at); !values.empty();) {
        const auto some = values.first(fitting(values, width) * width);
        const auto rows = some.size() / width;
        // An array tells the sum only. Nearly always it is one for each; else they go one by one.
        if (rows == 1 || !each_changed_one(ready, some, places, width))
            for (std::size_t row = 0; row < rows; ++row) {
                changed.push_back(ready.statement.run(some.subspan(row * width, width), places, width));
                ready.statement.close();
            }
        else
            changed.insert(changed.end(), rows, 1);
        values = values.subspan(some.size());
    }
    return changed;
}

// False: nothing has happened.
bool OracleSession::each_changed_one(Ready& ready, std::span<const Value> values, std::span<const std::size_t> places,
                                     std::size_t width) {
    run("savepoint hcp_rows");
    const auto changed = ready.statement.run(values, places, width);
    ready.statement.close();
    if (changed == static_cast<std::int64_t>(values.size() / width)) return true;
    run("rollback to savepoint hcp_rows");
    return false;
}

void OracleSession::upsert(const Statement& which, const Encoder& rows) {
    auto& change = prepared(which, 0, Half::first);
    auto& insert = prepared(which, 0, Half::second);
    const auto width = rows.names().size();
    const auto in_change = change.text.places(rows.names()), in_insert = insert.text.places(rows.names());
    const auto changed = run_counting(change, rows.values(), width, in_change);
    for (std::size_t row = 0; row < changed.size(); ++row) {
        if (changed[row] != 0) continue;
        const auto values = rows.values().subspan(row * width, width);
        try {
            run_all(insert, values, width, in_insert);
        } catch (const OdbcError& error) {
            // Meanwhile another has inserted it, or an earlier row of this batch.
            if (oracle_errc(error.fault(driver_.oracle)) != store_errc::conflict) throw;
            run_all(change, values, width, in_change);
        }
    }
}

void OracleSession::each(const Statement& which, const Encoder& rows, std::vector<std::int64_t>* changed) {
    if (rows.empty()) return;
    translated([&] {
        auto& ready = prepared(which, 0);
        if (ready.has_second) return upsert(which, rows);
        const auto at = ready.text.places(rows.names());
        const auto width = rows.names().size();
        if (changed == nullptr) return run_all(ready, rows.values(), width, at);
        const auto found = run_counting(ready, rows.values(), width, at);
        changed->insert(changed->end(), found.begin(), found.end());
    });
}

void OracleSession::in_parts(const Statement& which, const Encoder& values, const Encoder& keys,
                             const std::function<void(OdbcStatement&, std::int64_t)>& use) {
    translated([&] {
        auto list = keys.values();
        do {
            const auto size = part_of_list(list.size());
            auto& ready = prepared(which, size);
            const auto at = ready.text.places(values.names());
            // In one row: the values, then the keys; a part that is not full repeats its last key, which finds nothing
            // new.
            std::vector<Value> row{values.values().begin(), values.values().end()};
            std::vector<std::size_t> places;
            std::size_t taken = 0;
            for (const auto name : ready.text.order) {
                places.push_back(name == DriverText::listed ? row.size() : at[static_cast<std::size_t>(name)]);
                if (name == DriverText::listed) row.push_back(list[std::min(taken++, list.size() - 1)]);
            }
            use(ready.statement, ready.statement.run(row, places, row.size()));
            ready.statement.close();
            list = list.subspan(std::min(size, list.size()));
        } while (!list.empty());
    });
}

void OracleSession::query(const Statement& which, const Encoder& values, const Encoder& keys,
                          const std::function<void(const Row&)>& row) {
    in_parts(which, values, keys, [&](OdbcStatement& statement, std::int64_t) {
        while (statement.fetch()) row(statement);
    });
}

std::int64_t OracleSession::change(const Statement& which, const Encoder& values, const Encoder& keys) {
    std::int64_t changed = 0;
    in_parts(which, values, keys, [&](OdbcStatement&, std::int64_t one) { changed += one; });
    return changed;
}

void OracleSession::execute(std::string_view text) {
    run(std::string{text});
}

bool OracleSession::step(std::string_view text) {
    std::string sql{text};
    // Oracle's own character set need not be Unicode, its national one is. A stand-in has one set, and no such types.
    if (!driver_.oracle)
        for (const std::string_view national : {"nvarchar2", "nclob"})
            for (auto at = sql.find(national); at != std::string::npos; at = sql.find(national, at)) sql.erase(at, 1);
    // Else whoever comes second is refused (ORA-00054), instead of finding it made.
    if (driver_.oracle) run("alter session set ddl_lock_timeout = 600");
    return translated([&] {
        try {
            OdbcStatement{connection_, sql, driver_}.run({}, {}, 0);
            return true;
        } catch (const OdbcError& error) {
            if (!is_made_already(error.fault(driver_.oracle))) throw;
            return false;
        }
    });
}

SchemaObject OracleSession::found(const SchemaObject& ours) {
    if (!driver_.oracle) return in_oracles_words(found_by_information_schema(*this, ours));
    auto theirs = ours;
    theirs.columns.clear();
    if (ours.kind == SchemaObject::Kind::index) {
        query(index_columns, with("name", ours.name), {}, [&](const Row& row) {
            theirs.table = row.text(0);
            theirs.columns.push_back({std::string{row.text(1)}, {}, true});
            theirs.unique = row.text(2) == "UNIQUE";
        });
        return theirs;
    }
    query(table_columns, with("name", ours.name), {}, [&](const Row& row) {
        auto type = std::string{row.text(1)};
        if (!row.null(2)) type += "(" + std::string{row.text(2)} + ")";
        theirs.columns.push_back({std::string{row.text(0)}, std::move(type), row.text(3) == "Y"});
    });
    return theirs;
}

bool OracleSession::has_table(std::string_view name) {
    return translated([&] {
        try {
            OdbcStatement{connection_, "select count(*) from " + std::string{name} + " where 1 = 0", driver_}.run(
                {}, {}, 0);
            return true;
        } catch (const OdbcError& error) {
            if (!is_no_table(error.fault(driver_.oracle))) throw;
            return false;
        }
    });
}

std::optional<Instant> OracleSession::server_time() {
    return translated([&] {
        OdbcStatement now{connection_,
                          driver_.oracle
                              // A day's part of whole seconds is no exact decimal.
                              ? "select round((cast(sys_extract_utc(systimestamp) as date) - date '1970-01-01') * "
                                "86400) * 1000000 from dual"
                              : "select cast(unix_timestamp(current_timestamp(6)) * 1000000 as int) from dual",
                          driver_};
        now.run({}, {}, 0);
        std::optional<Instant> told;
        while (now.fetch()) told = instant_from_us(now.integer(0));
        return told;
    });
}

}  // namespace hcp::store
