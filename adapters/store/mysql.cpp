#include "adapters/store/dialect.hpp"
#include "adapters/store/migration_files.hpp"
#include "adapters/store/mysql_errors.hpp"
#include "adapters/store/mysql_session.hpp"

#include <soci/mysql/soci-mysql.h>

namespace hcp::store {
namespace {

constexpr Own own_statements[] = {
    // MySQL reads nothing of a table that it changes, but joins it with itself.
    {"deliveries.wait_no_more", R"(
        update deliveries d join deliveries p on p.id = d.waits_for and p.state = #delivery.delivered
        set d.waits_for = null where d.id in (@ids))"},
};

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
    std::string_view blank() const override { return "' '"; }
    std::string upsert(const Upsert& it) const override {
        return it.insert + " on duplicate key update " + with_new(it.assignments, "values(", ")");
    }
    std::string_view own(std::string_view statement) const override { return own_text(own_statements, statement); }

    std::span<const MigrationFile> migrations() const override { return mysql_migrations(); }
    std::unique_ptr<Session> open(const StoreOptions& options, Access access, bool /*create*/) const override {
        return std::make_unique<MysqlSession>(options, access, *this);
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
