#pragma once
#include "adapters/store/dialect.hpp"

#include <functional>
#include <string>
#include <vector>

namespace hcp::store::test {

// How the product reads each column of a statement's rows, or what a database says that it is. Null: nobody has read
// it, or the database does not say.
using ColumnKinds = std::vector<Value::Kind>;

// Has each query of the dialect prepared, and holds its columns against how the product reads them: what was recorded
// while the contract ran (recorded_statements, in the same folder). `untold`: how many columns the database may say
// nothing of.
void compare_column_types(const Dialect&, const std::function<ColumnKinds(const std::string& sql)>& prepare,
                          std::size_t untold);

}  // namespace hcp::store::test
