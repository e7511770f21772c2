#pragma once
#include "adapters/store/dialect.hpp"

#include <span>

namespace hcp::store {

// The folders of sql/, as they were when this was built.
[[nodiscard]] std::span<const MigrationFile> sqlite_migrations();
[[nodiscard]] std::span<const MigrationFile> mysql_migrations();
[[nodiscard]] std::span<const MigrationFile> oracle_migrations();

}  // namespace hcp::store
