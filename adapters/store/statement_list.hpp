#pragma once
#include "adapters/store/statement.hpp"

#include <boost/pfr/core.hpp>

#include <vector>

namespace hcp::store {

// The members of a subject's struct of statements: one is added there, and is in every list.
template <class Statements>
[[nodiscard]] std::vector<const Statement*> list_of(const Statements& statements) {
    std::vector<const Statement*> all;
    boost::pfr::for_each_field(statements, [&](const Statement& statement) { all.push_back(&statement); });
    return all;
}

}  // namespace hcp::store
