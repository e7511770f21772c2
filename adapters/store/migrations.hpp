#pragma once
#include "adapters/store/dialect.hpp"
#include "adapters/store/schema_object.hpp"
#include "adapters/store/sql_store.hpp"

#include <limits>
#include <string>
#include <vector>

namespace hcp::store {

[[nodiscard]] std::vector<const Statement*> schema_statements();

[[nodiscard]] std::string sha256_hex(std::string_view text);

// Every table with all its columns, and every index, as all steps together leave them.
[[nodiscard]] std::vector<SchemaObject> whole_schema(const Dialect&);

// None of them taken.
[[nodiscard]] std::vector<Step> our_steps(const Dialect&);

// Our steps with the time at which this database took each. Throws StoreError{corrupt}, with the reason in `why`, when
// the database took a step from another file or one that is not ours.
[[nodiscard]] std::vector<Step> compare_steps(const Dialect&, Session&, std::string* why);

// The same, when a step is missing.
void need_schema(const Dialect&, Session&, std::string* why);

// Takes what is missing, in order; answers how many of those steps were noted here: each is noted once, whoever else is
// at it. `up_to`: the last step that is taken.
std::size_t take_steps(const Dialect&, Session&, Instant now, std::string* why,
                       std::int32_t up_to = std::numeric_limits<std::int32_t>::max());

// The text that takes those of `steps` which are missing.
[[nodiscard]] std::string script_of(const Dialect&, const std::vector<Step>& steps, Instant now);

}  // namespace hcp::store
