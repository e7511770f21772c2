#pragma once
#include "adapters/store/dialect.hpp"

#include <span>

namespace hcp::store {

// sql/sqlite and sql/mysql, as they were when this was built.
[[nodiscard]] std::span<const MigrationFile> sqlite_migrations();
[[nodiscard]] std::span<const MigrationFile> mysql_migrations();

}  // namespace hcp::store
