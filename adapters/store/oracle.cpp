#include "adapters/store/dialect.hpp"
#include "adapters/store/migration_files.hpp"
#include "adapters/store/oracle_errors.hpp"
#include "adapters/store/oracle_session.hpp"
#include "plugin/domain/text.hpp"

#include <soci/odbc/soci-odbc.h>

namespace hcp::store {
namespace {

// What Oracle 12.2 and later know, and nothing that a stand-in for it does not (databases.md).
class OracleDialect final : public Dialect {
public:
    std::string limit(std::string_view parameter) const override {
        return "fetch first " + std::string{parameter} + " rows only";
    }
    std::string hint(std::string_view /*its optimizer knows its numbers*/) const override { return {}; }
    std::string apart(std::string_view column) const override { return "(" + std::string{column} + " + 0)"; }
    std::string day(std::string_view column) const override {
        // Without a fraction at any moment: what divides a decimal may round it up.
        const auto local = "(" + std::string{column} + " + #us.shanghai)";
        return "(" + local + " - mod(" + local + ", #us.day)) / #us.day";
    }
    std::string_view one_row() const override { return "from dual"; }
    std::string_view take() const override { return "for update skip locked"; }
    std::string_view await() const override { return "for update"; }
    // Its coalesce takes no text of one character set for want of a text of another.
    std::string_view blank() const override { return "n' '"; }
    // No statement that both Oracle and its stand-ins know does it in one.
    std::string upsert(const Upsert& it) const override {
        std::string condition;
        for (const auto& key : domain::split(it.keys, ',')) {
            const std::string column{domain::trimmed(key)};
            condition += (condition.empty() ? "" : " and ") + column + " = :" + column;
        }
        return "update " + std::string{it.table} + " set " + with_new(it.assignments, ":") + " where " + condition +
               std::string{or_else} + it.insert;
    }
    std::string_view own(std::string_view) const override { return {}; }

    std::span<const MigrationFile> migrations() const override { return oracle_migrations(); }
    std::string enter(std::string_view schema) const override {
        return "alter session set current_schema = " + std::string{schema};
    }
    std::unique_ptr<Session> open(const StoreOptions& options, Access access, bool /*create*/) const override {
        return std::make_unique<OracleSession>(options, access, *this);
    }
    store_errc classify(const std::exception& error) const noexcept override {
        const auto* const native = dynamic_cast<const soci::odbc_soci_error*>(&error);
        if (native == nullptr) return store_errc::unavailable;
        return oracle_errc({reinterpret_cast<const char*>(native->odbc_error_code()), native->native_error_code()});
    }
    std::optional<std::int64_t> tend_wal(const StoreOptions&) const override { return std::nullopt; }
};

}  // namespace

const Dialect& oracle_dialect() {
    static const OracleDialect dialect;
    return dialect;
}

}  // namespace hcp::store
