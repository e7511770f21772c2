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

// Every table with all its columns, and every index, as all steps that add leave them together.
[[nodiscard]] std::vector<SchemaObject> whole_schema(const Dialect&);

// None of them taken.
[[nodiscard]] std::vector<Step> our_steps(const Dialect&);

// Our steps with the time at which this database took each, behind them those of a newer software. Throws
// StoreError{corrupt}, with the reason in `why`, when the database took a step from another file, one that is not ours
// and not ahead of ours, or one of a newer software that contracts.
[[nodiscard]] std::vector<Step> compare_steps(const Dialect&, Session&, std::string* why);

// What an operator is told, in Chinese, of steps that only a newer software knows; nothing where there are none.
[[nodiscard]] std::string told_of_newer(const std::vector<Step>&);

// The same as compare_steps; also throws when a step is missing without which this software does not work.
std::vector<Step> need_schema(const Dialect&, Session&, std::string* why);

// Takes what is missing, in order; answers how many of those steps were noted here: each is noted once, whoever else is
// at it. `up_to`: the last step that is taken.
std::size_t take_steps(const Dialect&, Session&, Instant now, std::string* why, Steps = Steps::expand,
                       std::int32_t up_to = std::numeric_limits<std::int32_t>::max());

// The text that takes those of `steps` which are missing.
[[nodiscard]] std::string script_of(const Dialect&, const std::vector<Step>& steps, Instant now, Steps = Steps::expand);

}  // namespace hcp::store
