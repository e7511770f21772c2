#pragma once
#include "plugin/ports/settings.hpp"
#include "plugin/ports/store.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hcp::store {

using ports::result;

struct StoreOptions {
    ports::Backend backend = ports::Backend::sqlite3;
    std::filesystem::path path;  // sqlite3: the database file; its folder exists
    std::string
        vfs_name;  // sqlite3: a registered VFS, for tests that fail a write or cut the power; empty = the usual one
    std::size_t readers = 4;                       // sessions for `read`; `write` has one of its own
    std::chrono::milliseconds busy_timeout{5000};  // how long a writer waits for another process
};

// One step of the schema, as this software knows it and as the database has it.
struct Step {
    std::int32_t number = 0;
    std::string name;
    std::string checksum;  // SHA-256 of the file, hex
    std::optional<ports::Instant> applied_at;
};

// The functions below say in `why`, when given, what an operator has to know, in Chinese.

// Takes the missing steps in order, creating the database where there is none; answers how many. Several processes may
// do it at once. Refused with store_errc::corrupt: a taken step whose file differs from ours (both checksums are
// named), and a database that has steps this software does not know.
result<std::size_t> migrate(const StoreOptions&, ports::Instant now, std::string* why = nullptr);

// Every step this software knows. Changes nothing.
result<std::vector<Step>> migration_status(const StoreOptions&, std::string* why = nullptr);

// Refused with store_errc::corrupt when the schema is not exactly this software's: migrate first.
result<std::unique_ptr<ports::Store>> open_store(const StoreOptions&, std::string* why = nullptr);

}  // namespace hcp::store
