#include "tests/contract/journal/clauses.hpp"

namespace hcp::contract {

std::vector<JournalClause> journal_clauses() {
    std::vector<JournalClause> all;
    for (const auto add :
         {add_reading, add_forgetting, add_extent, add_figures, add_set_aside, add_sharing, add_safety})
        add(all);
    return all;
}

}  // namespace hcp::contract
