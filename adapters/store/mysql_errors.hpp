#pragma once
#include "adapters/store/values.hpp"

namespace hcp::store {

// What an error number of the server or of the client library means to the caller; the numbers are those that MySQL and
// MariaDB share, and a few of either. `committing`: a connection lost then leaves open whether the commit happened.
[[nodiscard]] store_errc mysql_errc(unsigned number, bool committing = false) noexcept;

// The connection is gone.
[[nodiscard]] bool is_loss(unsigned number) noexcept;

// The connection is there, and its server does not do now what we need: it is read only, or in the minority of a
// cluster. Another may.
[[nodiscard]] bool is_unfit(unsigned number) noexcept;

// The transaction has been undone so that another could go on: tried again at once it may be the first.
[[nodiscard]] bool is_yielding(unsigned number) noexcept;

// Our user may not do that.
[[nodiscard]] bool is_lack_of_right(unsigned number) noexcept;

// What a step of the schema would make is there already.
[[nodiscard]] bool is_made_already(unsigned number) noexcept;

}  // namespace hcp::store
