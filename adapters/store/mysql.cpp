#include "adapters/store/codec.hpp"
#include "adapters/store/dialect.hpp"
#include "adapters/store/migration_files.hpp"
#include "adapters/store/mysql_errors.hpp"
#include "adapters/store/mysql_session.hpp"

#include <soci/mysql/soci-mysql.h>

#include <map>

namespace hcp::store {
namespace {

constexpr Own own_statements[] = {
    // MySQL reads nothing of a table that it changes, but joins it with itself.
    {"deliveries.wait_no_more", R"(
        update deliveries d join deliveries p on p.id = d.waits_for and p.state = #delivery.delivered
        set d.waits_for = null where d.id in (@ids))"},
};

constexpr Statement narrow_columns{"mysql.narrow_columns", R"(
    select table_name, column_name, character_set_name from information_schema.columns
    where table_schema = database() and table_name in (@names) and character_set_name <> 'utf8mb4'
    order by table_name, ordinal_position)"};
constexpr Statement durability{"mysql.durability", R"(
    show global variables where variable_name in ('innodb_flush_log_at_trx_commit', 'log_bin', 'sync_binlog'))"};

// What MySQL 8 and MariaDB 10.11 share.
class MysqlDialect final : public Dialect {
public:
    std::string limit(std::string_view parameter) const override { return "limit " + std::string{parameter}; }
    std::string hint(std::string_view index) const override { return "force index (" + std::string{index} + ")"; }
    std::string apart(std::string_view column) const override { return "(" + std::string{column} + " + 0)"; }
    std::string day(std::string_view column) const override {
        return "(" + std::string{column} + " + #us.shanghai) div #us.day";
    }
    std::string_view one_row() const override { return ""; }
    std::string_view take() const override { return "for update skip locked"; }
    std::string_view await() const override { return "for update"; }
    std::string_view blank() const override { return "' '"; }
    std::string upsert(const Upsert& it) const override {
        return it.insert + " on duplicate key update " + with_new(it.assignments, "values(", ")");
    }
    std::string_view own(std::string_view statement) const override { return own_text(own_statements, statement); }

    std::span<const MigrationFile> migrations() const override { return mysql_migrations(); }
    std::string enter(std::string_view schema) const override { return "use `" + std::string{schema} + "`"; }
    std::unique_ptr<Session> open(const StoreOptions& options, Access access, bool /*create*/) const override {
        return std::make_unique<MysqlSession>(options, access, *this);
    }
    void examine(Session& session, const StoreOptions& options, std::string* why) const override {
        std::string narrow, table;
        session.query(narrow_columns, {}, list(table_names()), [&](const Row& row) {
            table = row.text(0);
            narrow += (narrow.empty() ? "" : "、") + table + "." + std::string{row.text(1)} + "（" +
                      std::string{row.text(2)} + "）";
        });
        if (!narrow.empty()) {
            if (why != nullptr)
                *why = "这些列的字符集存不下生僻字（如“𠮷”）和表情：" + narrow +
                       "。请由 DBA 对每个表执行 alter table " + table +
                       " convert to character set utf8mb4 collate utf8mb4_bin";
            throw StoreError{store_errc::corrupt};
        }
        std::map<std::string, std::string, std::less<>> set;
        session.query(durability, {}, {}, [&](const Row& row) { set.emplace(row.text(0), row.text(1)); });
        if (const auto& flush = set["innodb_flush_log_at_trx_commit"]; flush != "1")
            options.warn("MySQL 的 innodb_flush_log_at_trx_commit 是 " + flush +
                         "：数据库断电时可能丢失最近已确认的评价；请由 DBA 设为 1");
        if (set["log_bin"] == "ON" && set["sync_binlog"] != "1")
            options.warn("MySQL 的 sync_binlog 是 " + set["sync_binlog"] +
                         "：断电时二进制日志可能少于数据，从库和按日志恢复会丢失评价；请由 DBA 设为 1");
    }
    store_errc classify(const std::exception& error) const noexcept override {
        const auto* const native = dynamic_cast<const soci::mysql_soci_error*>(&error);
        return native != nullptr ? mysql_errc(native->err_num_) : store_errc::unavailable;
    }
    std::optional<std::int64_t> tend_wal(const StoreOptions&) const override { return std::nullopt; }
};

}  // namespace

const Dialect& mysql_dialect() {
    static const MysqlDialect dialect;
    return dialect;
}

}  // namespace hcp::store
