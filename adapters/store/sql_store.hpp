#pragma once
#include "adapters/store/options.hpp"
#include "plugin/ports/store/store.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hcp::store {

using ports::result;

// One step of the schema, as this software knows it and as the database has it.
struct Step {
    std::int32_t number = 0;
    std::string name;
    std::string checksum;  // SHA-256 of the file, hex
    std::optional<domain::Instant> applied_at;
};

// The functions below say in `why`, when given, what an operator has to know, in Chinese.

// Takes the missing steps in order, creating the database where there is none; answers how many. Several processes may
// do it at once. Refused with store_errc::corrupt: a taken step whose file differs from ours (both checksums are
// named), and a database that has steps this software does not know.
result<std::size_t> migrate(const StoreOptions&, domain::Instant now, std::string* why = nullptr);

// What a DBA runs, as the owner of the tables, where our user may not change the schema: the steps that are missing and
// their rows of history. Changes nothing; empty when none is missing.
result<std::string> migration_script(const StoreOptions&, domain::Instant now, std::string* why = nullptr);

// Every step this software knows. Changes nothing.
result<std::vector<Step>> migration_status(const StoreOptions&, std::string* why = nullptr);

// Refused with store_errc::corrupt when the schema is not exactly this software's: migrate first.
result<std::unique_ptr<ports::Store>> open_store(const StoreOptions&, std::string* why = nullptr);

// A statement as a backend gets it, parameters by name; needs no database.
struct SpelledStatement {
    std::string_view name;
    std::string text;
    bool own = false;  // this backend has a text of its own for it
};
[[nodiscard]] std::vector<SpelledStatement> statements(ports::Backend);

}  // namespace hcp::store
