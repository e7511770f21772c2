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

// Which steps are taken (sql/README.md): those that only add, beside which an older software goes on, or also those
// that take away or tighten, which are for when every host has this software. It works with and without the latter.
enum class Steps { expand, all };

// One step of the schema, as this software knows it and as the database has it.
struct Step {
    std::int32_t number = 0;
    std::string name;
    std::string checksum;  // SHA-256 of the file, hex
    std::optional<domain::Instant> applied_at;
    bool newer = false;  // this software does not know it

    // By its name, which the history keeps for those who do not have the file.
    [[nodiscard]] bool contracts() const;
    [[nodiscard]] bool is_due(Steps) const;
};

// The functions below say in `why`, when given, what an operator has to know, in Chinese.

// Takes the missing steps in order, creating the database where there is none; answers how many. Several processes may
// do it at once. What a newer software has added is left alone. Refused with store_errc::corrupt: a taken step whose
// file differs from ours (both checksums are named), a step among ours that is not ours, and one of a newer software
// that contracts.
result<std::size_t> migrate(const StoreOptions&, domain::Instant now, std::string* why = nullptr,
                            Steps = Steps::expand);

// What a DBA runs, as the owner of the tables, where our user may not change the schema: the steps that are missing and
// their rows of history. Changes nothing; empty when none is missing.
result<std::string> migration_script(const StoreOptions&, domain::Instant now, std::string* why = nullptr,
                                     Steps = Steps::expand);

// Every step this software knows, then those of a newer one. Changes nothing.
result<std::vector<Step>> migration_status(const StoreOptions&, std::string* why = nullptr);

// Refused with store_errc::corrupt when the schema lacks a step that adds, or is refused by migrate().
result<std::unique_ptr<ports::Store>> open_store(const StoreOptions&, std::string* why = nullptr);

// A statement as a backend gets it, parameters by name; needs no database.
struct SpelledStatement {
    std::string_view name;
    std::string text;
    bool own = false;  // this backend has a text of its own for it
};
[[nodiscard]] std::vector<SpelledStatement> statements(ports::Backend);

}  // namespace hcp::store
