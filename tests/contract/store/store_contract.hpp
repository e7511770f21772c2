#pragma once
#include "plugin/ports/store/store.hpp"
#include "tests/contract/clause.hpp"

#include <memory>
#include <vector>

// What every implementation of ports::Store must do, as clauses that Catch2 checks run in. A clause gets a fresh, empty
// database.
namespace hcp::contract {

// One database. Each `open` is another store on it, as another instance of the module would have it.
class Database {
public:
    virtual ~Database() = default;
    [[nodiscard]] virtual std::unique_ptr<ports::Store> open() = 0;
};

using Clause = ClauseOn<Database>;

[[nodiscard]] std::vector<Clause> store_clauses();

}  // namespace hcp::contract
