#pragma once
#include "adapters/store/dialect.hpp"
#include "adapters/store/sqlite_session.hpp"

namespace hcp::store::test {

// SQLite with none of its own statements: what is written once for all must be right by itself.
class PortableDialect : public Dialect {
public:
    std::string limit(std::string_view parameter) const override { return sqlite_.limit(parameter); }
    std::string hint(std::string_view) const override { return {}; }
    std::string apart(std::string_view column) const override { return std::string{column}; }
    std::string day(std::string_view column) const override { return sqlite_.day(column); }
    std::string_view one_row() const override { return sqlite_.one_row(); }
    std::string_view take() const override { return sqlite_.take(); }
    std::string_view await() const override { return sqlite_.await(); }
    std::string_view blank() const override { return sqlite_.blank(); }
    std::string upsert(const Upsert& upsert) const override { return sqlite_.upsert(upsert); }
    std::string_view own(std::string_view) const override { return {}; }
    std::span<const MigrationFile> migrations() const override { return sqlite_.migrations(); }
    std::unique_ptr<Session> open(const StoreOptions& options, Access access, bool create) const override {
        return std::make_unique<SqliteSession>(options, access, create, *this);
    }
    store_errc classify(const std::exception& error) const noexcept override { return sqlite_.classify(error); }
    std::optional<std::int64_t> tend_wal(const StoreOptions& options) const override {
        return sqlite_.tend_wal(options);
    }

private:
    const Dialect& sqlite_ = sqlite_dialect();
};

}  // namespace hcp::store::test
