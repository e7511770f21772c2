#pragma once
#include "adapters/store/values.hpp"

#include <string_view>

namespace hcp::store {

// What an error of ODBC says of itself: the SQLSTATE, and the number that the database gave it.
struct OdbcFault {
    std::string_view state;
    int native = 0;
    bool oracle = true;  // or a stand-in that speaks its words, whose numbers are MariaDB's
};

// `committing`: a connection lost then leaves open whether the commit happened.
[[nodiscard]] store_errc oracle_errc(const OdbcFault&, bool committing = false) noexcept;

// The connection is gone.
[[nodiscard]] bool is_loss(const OdbcFault&) noexcept;

// The connection is there, and its database may only be read. Another may do what we need.
[[nodiscard]] bool is_unfit(const OdbcFault&) noexcept;

// The transaction is to be undone so that another can go on: tried again at once it may be the first.
[[nodiscard]] bool is_yielding(const OdbcFault&) noexcept;

// Our user may not do that, or has no room where it may.
[[nodiscard]] bool is_lack_of_right(const OdbcFault&) noexcept;

// What a step of the schema would make is there already.
[[nodiscard]] bool is_made_already(const OdbcFault&) noexcept;

[[nodiscard]] bool is_no_table(const OdbcFault&) noexcept;

}  // namespace hcp::store
