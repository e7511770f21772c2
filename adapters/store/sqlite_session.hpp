#pragma once
#include "adapters/store/dialect.hpp"
#include "adapters/store/sqlite_statement.hpp"

#include <optional>
#include <unordered_map>

namespace hcp::store {

// The length of the list part number `chunk`: lists are cut into parts of these sizes so that few statements are
// prepared.
inline constexpr std::array<std::size_t, 3> list_sizes{1, 16, 256};
[[nodiscard]] std::string with_list(std::string_view sql, std::size_t size);

// A connection made by SOCI; its prepared statements stay for reuse.
class SqliteSession final : public Session {
public:
    SqliteSession(const StoreOptions&, Access, bool create, const StatementTable&);
    ~SqliteSession() override;

    void begin(Access) override;
    void commit() override;
    void rollback() noexcept override;
    void each(Sql, std::size_t width, std::span<const Value> rows, std::vector<std::int64_t>* changed) override;
    void query(Sql, std::span<const Value> fixed, std::span<const Value> list,
               const std::function<void(const Row&)>&) override;
    std::int64_t change(Sql, std::span<const Value> fixed, std::span<const Value> list) override;
    soci::session& soci() override { return soci_; }
    bool has_table(std::string_view name) override;

private:
    SqliteStatement& prepared(Sql, std::size_t list_size);
    // Runs `use` on the statement bound to each part of the list.
    void in_parts(Sql, std::span<const Value> fixed, std::span<const Value> list,
                  const std::function<void(SqliteStatement&)>& use);
    void run(const char* sql);

    const StatementTable& table_;
    soci::session soci_;
    sqlite_api::sqlite3* db_ = nullptr;
    std::unordered_map<std::size_t, SqliteStatement> statements_;
};

}  // namespace hcp::store
