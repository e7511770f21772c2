#include "adapters/store/dialect.hpp"
#include "adapters/store/migration_files.hpp"
#include "adapters/store/mysql_errors.hpp"
#include "adapters/store/mysql_session.hpp"

#include <soci/mysql/soci-mysql.h>

#include <algorithm>
#include <iterator>

namespace hcp::store {
namespace {

struct Own {
    std::string_view statement, text;
};

constexpr Own own_statements[] = {
    // MySQL reads nothing of a table that it changes, but joins it with itself.
    {"deliveries.wait_no_more", R"(
        update deliveries d join deliveries p on p.id = d.waits_for and p.state = #delivery.delivered
        set d.waits_for = null where d.id in (@ids))"},
};

constexpr Statement server_time_us{"mysql.server_time",
                                   "select cast(unix_timestamp(current_timestamp(6)) * 1000000 as signed)"};

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
    std::string on_taken(std::string_view /*any unique key*/, std::string_view assignments) const override {
        std::string sql = "on duplicate key update ";
        constexpr std::string_view theirs = "new.";
        for (auto at = assignments.find(theirs); at != std::string_view::npos; at = assignments.find(theirs)) {
            sql.append(assignments.substr(0, at));
            assignments.remove_prefix(at + theirs.size());
            const auto end = std::min(assignments.find_first_not_of("abcdefghijklmnopqrstuvwxyz_"), assignments.size());
            sql.append("values(").append(assignments.substr(0, end)).append(")");
            assignments.remove_prefix(end);
        }
        return sql.append(assignments);
    }
    std::string_view own(std::string_view statement) const override {
        const auto* const found = std::find_if(std::begin(own_statements), std::end(own_statements),
                                               [&](const Own& own) { return own.statement == statement; });
        return found == std::end(own_statements) ? std::string_view{} : found->text;
    }

    std::span<const MigrationFile> migrations() const override { return mysql_migrations(); }
    std::unique_ptr<Session> open(const StoreOptions& options, Access access, bool /*create*/) const override {
        return std::make_unique<MysqlSession>(options, access, *this);
    }
    store_errc classify(const std::exception& error) const noexcept override {
        const auto* const native = dynamic_cast<const soci::mysql_soci_error*>(&error);
        return native != nullptr ? mysql_errc(native->err_num_) : store_errc::unavailable;
    }
    std::optional<Instant> server_time(Session& session) const override {
        std::optional<Instant> now;
        session.query(server_time_us, {}, {}, [&](const Row& row) { now = instant_from_us(row.integer(0)); });
        return now;
    }
    std::optional<std::int64_t> tend_wal(const StoreOptions&) const override { return std::nullopt; }
};

}  // namespace

const Dialect& mysql_dialect() {
    static const MysqlDialect dialect;
    return dialect;
}

}  // namespace hcp::store
