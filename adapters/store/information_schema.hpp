#pragma once
#include "adapters/store/schema_object.hpp"
#include "adapters/store/session.hpp"

namespace hcp::store {

// Session::found() of MySQL and MariaDB, in the words of the steps for MySQL.
[[nodiscard]] SchemaObject found_by_information_schema(Session&, const SchemaObject& ours);

// What a stand-in made of the steps for Oracle, in their words.
[[nodiscard]] SchemaObject in_oracles_words(SchemaObject);

}  // namespace hcp::store
