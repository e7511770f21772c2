#pragma once
#include "plugin/ports/store.hpp"

#include <exception>

// What a database's native code means to the caller. SOCI's own categories are not used: it calls a duplicate key
// "unknown".
namespace hcp::store {

// Of SQLite's extended result codes. `committing`: whether the commit happened is then not known after an I/O error,
// since the log may hold it.
[[nodiscard]] ports::store_errc sqlite_error(int extended_code, bool committing = false) noexcept;

// Of the exception being handled, whoever threw it; call it in a catch block. An unknown one is taken as passing.
[[nodiscard]] ports::store_errc current_error() noexcept;

}  // namespace hcp::store
