#pragma once
#include "adapters/store/dialect.hpp"

#include <span>

namespace hcp::store {

// sql/sqlite, as it was when this was built.
[[nodiscard]] std::span<const MigrationFile> sqlite_migrations();

}  // namespace hcp::store
