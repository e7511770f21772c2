#pragma once
#include "tests/contract/journal/journal_contract.hpp"

namespace hcp::contract {

void add_reading(std::vector<JournalClause>&);
void add_forgetting(std::vector<JournalClause>&);
void add_extent(std::vector<JournalClause>&);
void add_figures(std::vector<JournalClause>&);
void add_set_aside(std::vector<JournalClause>&);
void add_sharing(std::vector<JournalClause>&);
void add_safety(std::vector<JournalClause>&);

}  // namespace hcp::contract
