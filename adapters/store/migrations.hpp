#pragma once
#include "adapters/store/dialect.hpp"
#include "adapters/store/sql_store.hpp"

#include <string>
#include <vector>

namespace hcp::store {

[[nodiscard]] std::vector<const Statement*> schema_statements();

[[nodiscard]] std::string sha256_hex(std::string_view text);

// Our steps with the time at which this database took each. Throws StoreError{corrupt}, with the reason in `why`, when
// the database took a step from another file or one that is not ours.
[[nodiscard]] std::vector<Step> compare_steps(const Dialect&, Session&, std::string* why);

// The same, when a step is missing.
void need_schema(const Dialect&, Session&, std::string* why);

// Takes what is missing; answers how many steps that were.
std::size_t take_steps(const Dialect&, Session&, Instant now, std::string* why);

}  // namespace hcp::store
