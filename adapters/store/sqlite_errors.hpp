#pragma once
#include "adapters/store/values.hpp"

namespace hcp::store {

// What SQLite's extended result codes mean to the caller. `committing`: whether the commit happened is then not known
// after an I/O error, since the log may hold it.
[[nodiscard]] store_errc sqlite_error(int extended_code, bool committing = false) noexcept;

}  // namespace hcp::store
