#pragma once
#include "adapters/store/dialect.hpp"
#include "adapters/store/list_parts.hpp"
#include "adapters/store/sqlite_statement.hpp"

#include <chrono>
#include <map>
#include <utility>

namespace hcp::store {

// A connection made by SOCI; its prepared statements stay for reuse.
class SqliteSession final : public Session {
public:
    SqliteSession(const StoreOptions&, Access, bool create, const Dialect&);
    ~SqliteSession() override;

    void begin(Access) override;
    void commit() override;
    void rollback() noexcept override;
    void each(const Statement&, const Encoder& rows, std::vector<std::int64_t>* changed) override;
    void query(const Statement&, const Encoder& values, const Encoder& keys,
               const std::function<void(const Row&)>&) override;
    std::int64_t change(const Statement&, const Encoder& values, const Encoder& keys) override;
    void execute(std::string_view text) override;
    bool step(std::string_view text) override;
    SchemaObject found(const SchemaObject& ours) override;
    bool has_table(std::string_view name) override;
    std::optional<Instant> server_time() override { return std::nullopt; }

    soci::session& soci() { return soci_; }

    // Copies what it can of the write-ahead log into the file, and cuts it when that was all. For a session of its own:
    // it waits for nobody any more. Throws.
    void shrink_wal();

private:
    // One statement for one length of its list.
    struct Ready {
        DriverText text;
        SqliteStatement statement;
    };
    using Key = std::pair<const Statement*, std::size_t>;

    Ready& prepared(const Statement&, std::size_t keys);
    // Runs `use` on the statement bound to each part of the list.
    void in_parts(const Statement&, const Encoder& values, const Encoder& keys,
                  const std::function<void(SqliteStatement&)>& use);
    void run(const char* sql);
    void keep_log(std::chrono::milliseconds patience);

    const Dialect& dialect_;
    soci::session soci_;
    sqlite_api::sqlite3* db_ = nullptr;
    std::map<Key, Ready> ready_;
};

}  // namespace hcp::store
