#pragma once
#include "adapters/store/soci_store.hpp"
#include "adapters/store/statements.hpp"
#include "adapters/store/values.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace soci {
class session;
}

namespace hcp::store {

enum class Access { read, write };

// One connection. Throws StoreError and nothing else of its own; one thread at a time.
class Session {
public:
    virtual ~Session() = default;

    // `write` takes the right to write at once, so that no transaction fails halfway for want of it.
    virtual void begin(Access) = 0;
    virtual void commit() = 0;
    virtual void rollback() noexcept = 0;

    // Runs the statement once for each `width` values, the dialect's fastest way. Answers how many rows each run
    // changed, where `changed` is given.
    virtual void each(Sql, std::size_t width, std::span<const Value> rows,
                      std::vector<std::int64_t>* changed = nullptr) = 0;
    // Runs the statement with `fixed`, then `list` in place of @list, split as the dialect likes: as many statements as
    // it needs. The order of rows is the statement's within each part.
    virtual void query(Sql, std::span<const Value> fixed, std::span<const Value> list,
                       const std::function<void(const Row&)>&) = 0;
    virtual std::int64_t change(Sql, std::span<const Value> fixed, std::span<const Value> list) = 0;

    // For what is the same everywhere and not frequent: the schema's steps.
    virtual soci::session& soci() = 0;
    virtual bool has_table(std::string_view name) = 0;
};

struct MigrationFile {
    std::int32_t number;
    std::string_view name;  // V0001__schema_history
    std::string_view text;
};

// All that differs between databases.
class Dialect {
public:
    virtual ~Dialect() = default;
    [[nodiscard]] virtual const StatementTable& statements() const = 0;
    [[nodiscard]] virtual std::span<const MigrationFile> migrations() const = 0;
    // `create`: make the database where there is none.
    [[nodiscard]] virtual std::unique_ptr<Session> open(const StoreOptions&, Access, bool create) const = 0;
    // The database server's clock; nothing for an embedded one.
    [[nodiscard]] virtual std::optional<ports::Instant> server_time(Session&) const = 0;
};

// Throws StoreError{refused} and says why, when this version does not serve that backend.
[[nodiscard]] const Dialect& dialect_of(ports::Backend, std::string* why);
[[nodiscard]] const Dialect& sqlite_dialect();

}  // namespace hcp::store
