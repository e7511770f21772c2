#include "adapters/store/mysql_session.hpp"

#include "adapters/store/complaint.hpp"
#include "adapters/store/information_schema.hpp"
#include "adapters/store/mysql_errors.hpp"
#include "adapters/store/mysql_tls.hpp"
#include "adapters/store/ways.hpp"
#include "plugin/domain/text.hpp"

#include <soci/mysql/soci-mysql.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

namespace hcp::store {
namespace {

// What one statement or one package of them carries: the server takes 16 MiB unless its administrator said less.
constexpr std::size_t most_bytes = std::size_t{1} << 20;
constexpr std::size_t most_rows = 500;
constexpr std::size_t most_keys = 1000;

constexpr Statement server_time_us{"mysql.server_time",
                                   "select cast(unix_timestamp(current_timestamp(6)) * 1000000 as signed)"};

// The library keeps the type information of its backends to itself, so the sanitizer cannot check this cast.
[[nodiscard]] __attribute__((no_sanitize("vptr"))) MYSQL* native_handle(soci::session& session) {
    return static_cast<soci::mysql_session_backend*>(session.get_backend())->conn_;
}

bool is_mariadb(MYSQL* connection) {
    const std::string_view server = mysql_get_server_info(connection);
    return server.find("MariaDB") != std::string_view::npos;
}

// The client library counts in whole seconds.
std::string seconds(std::chrono::milliseconds time) {
    return std::to_string(std::max(std::chrono::ceil<std::chrono::seconds>(time), std::chrono::seconds{1}).count());
}

// Times out before the module has to stop, and speaks the one character set in which everything has a place.
std::string connection(const StoreOptions& options) {
    const auto limit = seconds(options.busy_timeout);
    return connection_of(options) + " charset=utf8mb4 connect_timeout=" + seconds(options.connect_timeout) +
           " read_timeout=" + limit + " write_timeout=" + limit;
}

class ResultRow final : public Row {
public:
    ResultRow(MYSQL_ROW row, const unsigned long* lengths) : row_{row}, lengths_{lengths} {}
    [[nodiscard]] bool null(int column) const override { return row_[column] == nullptr; }
    [[nodiscard]] std::int64_t integer(int column) const override {
        if (null(column)) return 0;
        const auto number = domain::whole_number<std::int64_t>(text(column));
        if (!number) throw StoreError{store_errc::corrupt};
        return *number;
    }
    [[nodiscard]] std::string_view text(int column) const override {
        if (null(column)) return {};
        return {row_[column], lengths_[column]};
    }
    [[nodiscard]] domain::View bytes(int column) const override { return domain::as_bytes(text(column)); }

private:
    MYSQL_ROW row_;
    const unsigned long* lengths_;
};

}  // namespace

MysqlSession::MysqlSession(const StoreOptions& options, Access access, const Dialect& dialect) : dialect_{dialect} {
    need_mysql_client();
    const auto to = connection(options);
    const auto ca = ca_of(to);
    with_tls_reasons(ca, [&] { soci_.open(soci::mysql, to); });
    connection_ = native_handle(soci_);
    if (ca && !is_encrypted(connection_)) throw soci::soci_error{std::string{no_tls}};
    // What an administrator may have set otherwise: values are refused and never cut, a backslash escapes, days are
    // counted by nobody's clock.
    run("set session sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION,ERROR_FOR_DIVISION_BY_ZERO'");
    run("set session time_zone = '+00:00'");
    run("set session innodb_lock_wait_timeout = " + seconds(options.busy_timeout));
    // A reader sees one moment; a writer what was committed last, which its guarded changes are decided by.
    run(access == Access::read ? "set session transaction isolation level repeatable read"
                               : "set session transaction isolation level read committed");
    // What another node has committed is seen, and not what this one has got of it so far.
    is_of_galera_ = is_set("wsrep_on");
    if (is_of_galera_) run("set session wsrep_sync_wait = 3");
    if (access == Access::write) leave_nobody_waiting(options.busy_timeout);
    if (!options.schema.empty()) run(dialect.enter(options.schema));
    if (mysql_set_server_option(connection_, MYSQL_OPTION_MULTI_STATEMENTS_ON) != 0) fail();
}

// A process that is stopped in the middle of a transaction holds its rows until the server gives the session up: by
// itself after hours.
void MysqlSession::leave_nobody_waiting(std::chrono::milliseconds patience) {
    const auto long_enough = seconds(2 * patience);
    run(is_mariadb(connection_) ? "set session idle_transaction_timeout = " + long_enough
                                : "set session wait_timeout = " + long_enough);
}

bool MysqlSession::is_set(const std::string& variable) {
    const auto sql = "show variables like '" + variable + "'";
    if (mysql_real_query(connection_, sql.data(), sql.size()) != 0) fail();
    const std::unique_ptr<MYSQL_RES, void (*)(MYSQL_RES*)> rows{mysql_store_result(connection_), mysql_free_result};
    auto* const row = rows == nullptr ? nullptr : mysql_fetch_row(rows.get());
    return row != nullptr && row[1] == std::string_view{"ON"};
}

void MysqlSession::fail() {
    const auto number = mysql_errno(connection_);
    const auto error = mysql_errc(number, committing_);
    lost_ = lost_ || is_loss(number) || is_unfit(number);
    yielded_ = is_yielding(number);
    committing_ = false;
    throw StoreError{error, complaint_of(error, "MySQL " + std::to_string(number), mysql_error(connection_)),
                     is_lack_of_right(number)};
}

void MysqlSession::run(std::string_view sql, std::vector<std::int64_t>* found) {
    if (mysql_real_query(connection_, sql.data(), sql.size()) != 0) fail();
    for (;;) {
        if (const std::unique_ptr<MYSQL_RES, void (*)(MYSQL_RES*)> rows{mysql_store_result(connection_),
                                                                        mysql_free_result};
            rows == nullptr) {
            if (mysql_field_count(connection_) != 0) fail();
            if (found != nullptr) found->push_back(static_cast<std::int64_t>(mysql_affected_rows(connection_)));
        }
        const int more = mysql_next_result(connection_);
        if (more < 0) return;
        if (more > 0) fail();
    }
}

void MysqlSession::begin(Access access) {
    yielded_ = false;
    run(access == Access::write ? "start transaction" : "start transaction with consistent snapshot, read only");
}

void MysqlSession::commit() {
    committing_ = true;
    run("commit");
    committing_ = false;
}

void MysqlSession::rollback() noexcept {
    constexpr std::string_view sql = "rollback";
    // What cannot even be rolled back is rolled back by the server, when it misses us.
    if (!lost_ && mysql_real_query(connection_, sql.data(), sql.size()) != 0) lost_ = true;
}

const MysqlSession::Cut& MysqlSession::cut(const Statement& which) {
    if (const auto known = cut_.find(&which); known != cut_.end()) return known->second;
    auto text = driver_text(spelled(which, dialect_), 1);
    auto pieces = text.pieces();
    return cut_.emplace(&which, Cut{std::move(text), std::move(pieces)}).first->second;
}

void MysqlSession::write(std::string& to, const Value& value) {
    switch (value.kind) {
        case Value::Kind::null:
            to += "null";
            return;
        case Value::Kind::integer: {
            std::array<char, 24> digits{};
            to.append(digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value.integer).ptr);
            return;
        }
        case Value::Kind::text: {
            to += '\'';
            const auto before = to.size();
            to.resize(before + 2 * value.content.size() + 1);
            to.resize(before + mysql_real_escape_string(connection_, to.data() + before, value.content.data(),
                                                        value.content.size()));
            to += '\'';
            return;
        }
        case Value::Kind::bytes:
            to += "x'";
            to += domain::hex_text(domain::as_bytes(value.content));
            to += '\'';
            return;
    }
}

void MysqlSession::write(std::string& to, const Cut& cut, std::span<const Value> values,
                         std::span<const std::size_t> at, std::span<const Value> keys) {
    for (std::size_t i = 0; i < cut.text.order.size(); ++i) {
        to += cut.between[i];
        if (cut.text.order[i] != DriverText::listed) {
            write(to, values[at[static_cast<std::size_t>(cut.text.order[i])]]);
            continue;
        }
        for (const auto& key : keys) {
            if (&key != &keys.front()) to += ',';
            write(to, key);
        }
    }
    to += cut.between.back();
}

template <class Add>
void MysqlSession::in_packages(const Encoder& rows, const std::string& head, std::string_view tail, const Add& add,
                               std::vector<std::int64_t>* found, std::size_t most) {
    const auto width = rows.names().size();
    auto values = rows.values();
    while (!values.empty()) {
        text_.assign(head);
        for (std::size_t taken = 0; !values.empty() && taken < most && text_.size() < most_bytes; ++taken) {
            add(values, taken == 0);
            values = values.subspan(width);
        }
        text_ += tail;
        run(text_, found);
    }
}

void MysqlSession::each(const Statement& which, const Encoder& rows, std::vector<std::int64_t>* changed) {
    if (rows.empty()) return;
    const auto& cut = this->cut(which);
    const auto at = cut.text.places(rows.names());
    if (changed == nullptr && cut.takes_rows()) {
        const auto add = [&](std::span<const Value> values, bool first) {
            if (!first) text_ += "),(";
            for (std::size_t i = 0; i < cut.text.order.size(); ++i) {
                if (i > 0) text_ += ',';
                write(text_, values[at[static_cast<std::size_t>(cut.text.order[i])]]);
            }
        };
        return in_packages(rows, cut.between.front(), cut.between.back(), add, nullptr, most_rows);
    }
    const auto add = [&](std::span<const Value> values, bool first) {
        if (!first) text_ += ';';
        write(text_, cut, values, at, {});
    };
    // A node of Galera that has to give way in the middle of a package has been seen to take back what it did of it,
    // go on with the rest, and answer OK to all.
    in_packages(rows, {}, {}, add, changed, is_of_galera_ ? 1 : most_rows);
}

void MysqlSession::in_parts(const Statement& which, const Encoder& values, const Encoder& keys,
                            const std::function<void(const std::string&)>& use) {
    const auto& cut = this->cut(which);
    const auto at = cut.text.places(values.names());
    auto list = keys.values();
    do {
        const auto part = list.first(std::min(most_keys, list.size()));
        text_.clear();
        write(text_, cut, values.values(), at, part);
        use(text_);
        list = list.subspan(part.size());
    } while (!list.empty());
}

void MysqlSession::query(const Statement& which, const Encoder& values, const Encoder& keys,
                         const std::function<void(const Row&)>& row) {
    in_parts(which, values, keys, [&](const std::string& sql) {
        if (mysql_real_query(connection_, sql.data(), sql.size()) != 0) fail();
        const std::unique_ptr<MYSQL_RES, void (*)(MYSQL_RES*)> rows{mysql_store_result(connection_), mysql_free_result};
        if (rows == nullptr) fail();
        while (auto* const one = mysql_fetch_row(rows.get())) row(ResultRow{one, mysql_fetch_lengths(rows.get())});
    });
}

std::int64_t MysqlSession::change(const Statement& which, const Encoder& values, const Encoder& keys) {
    std::vector<std::int64_t> found;
    in_parts(which, values, keys, [&](const std::string& sql) { run(sql, &found); });
    std::int64_t changed = 0;
    for (const auto one : found) changed += one;
    return changed;
}

void MysqlSession::execute(std::string_view text) {
    run(text);
}

bool MysqlSession::step(std::string_view text) {
    // Where a step says "if not exists" itself the server does not fail, but notes 1050.
    if (mysql_real_query(connection_, text.data(), text.size()) == 0) return mysql_warning_count(connection_) == 0;
    if (!is_made_already(mysql_errno(connection_))) fail();
    return false;
}

SchemaObject MysqlSession::found(const SchemaObject& ours) {
    return found_by_information_schema(*this, ours);
}

bool MysqlSession::has_table(std::string_view name) {
    std::string sql = "select 1 from information_schema.tables where table_schema = database() and table_name = ";
    write(sql, Value::text(name));
    if (mysql_real_query(connection_, sql.data(), sql.size()) != 0) fail();
    const std::unique_ptr<MYSQL_RES, void (*)(MYSQL_RES*)> rows{mysql_store_result(connection_), mysql_free_result};
    if (rows == nullptr) fail();
    return mysql_fetch_row(rows.get()) != nullptr;
}

std::optional<Instant> MysqlSession::server_time() {
    std::optional<Instant> now;
    query(server_time_us, {}, {}, [&](const Row& row) { now = instant_from_us(row.integer(0)); });
    return now;
}

}  // namespace hcp::store
