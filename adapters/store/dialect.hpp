#pragma once
#include "adapters/store/options.hpp"
#include "adapters/store/session.hpp"
#include "adapters/store/statement.hpp"
#include "plugin/ports/store/store.hpp"

#include <exception>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hcp::store {

struct MigrationFile {
    std::int32_t number;
    std::string_view name;  // V0001__schema_history
    std::string_view text;
};

// An insert that changes the row of its key instead, where there is one.
struct Upsert {
    std::string insert;  // as if there were none
    std::string_view table, keys;
    std::string assignments;  // `new.` stands for the row that came
};

// All that differs between databases. Statements are each subject's; here are the words in them that each database has
// of its own, and the few statements that one of them needs otherwise.
class Dialect {
public:
    virtual ~Dialect() = default;

    // The marks of Statement.
    [[nodiscard]] virtual std::string limit(std::string_view parameter) const = 0;
    [[nodiscard]] virtual std::string hint(std::string_view index) const = 0;
    [[nodiscard]] virtual std::string apart(std::string_view column) const = 0;
    [[nodiscard]] virtual std::string day(std::string_view column) const = 0;
    [[nodiscard]] virtual std::string_view one_row() const = 0;
    [[nodiscard]] virtual std::string_view take() const = 0;
    [[nodiscard]] virtual std::string_view await() const = 0;
    [[nodiscard]] virtual std::string_view blank() const = 0;
    [[nodiscard]] virtual std::string upsert(const Upsert&) const = 0;
    // This dialect's own text for the statement of that name, with its marks; empty: the one for all.
    [[nodiscard]] virtual std::string_view own(std::string_view statement) const = 0;

    [[nodiscard]] virtual std::span<const MigrationFile> migrations() const = 0;
    // What makes the schema of that name the one that names without another mean.
    [[nodiscard]] virtual std::string enter(std::string_view /*schema*/) const { return ""; }
    // Where a change of the schema is part of a transaction: what opens one in a script.
    [[nodiscard]] virtual std::string_view script_begin() const { return ""; }
    // `create`: make the database where there is none.
    [[nodiscard]] virtual std::unique_ptr<Session> open(const StoreOptions&, Access, bool create) const = 0;
    // Of a schema that is this software's: refuses, with the reason in `why`, what would not keep what it is given, and
    // warns of what might lose it.
    virtual void examine(Session&, const StoreOptions&, std::string* /*why*/) const {}
    // What an error that came through SOCI means to the caller. SOCI's own categories are not used: it calls a
    // duplicate key "unknown".
    [[nodiscard]] virtual store_errc classify(const std::exception&) const noexcept = 0;
    // As Store::tend_wal.
    [[nodiscard]] virtual std::optional<std::int64_t> tend_wal(const StoreOptions&) const = 0;
};

// A text that one dialect has of its own.
struct Own {
    std::string_view statement, text;
};
// Empty where there is none of that name.
[[nodiscard]] std::string_view own_text(std::span<const Own>, std::string_view statement);

// Assignments with each `new.column` as `before` column `behind`.
[[nodiscard]] std::string with_new(std::string_view assignments, std::string_view before, std::string_view behind = "");

[[nodiscard]] const Dialect& sqlite_dialect();
[[nodiscard]] const Dialect& mysql_dialect();
[[nodiscard]] const Dialect& oracle_dialect();

[[nodiscard]] const Dialect& dialect_of(ports::Backend);

// A store of this dialect, whose schema must be this software's. Throws.
[[nodiscard]] std::unique_ptr<ports::Store> open_store(const Dialect&, const StoreOptions&, std::string* why);

}  // namespace hcp::store
