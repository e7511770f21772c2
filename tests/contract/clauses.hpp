#pragma once
#include "tests/contract/store_contract.hpp"

namespace hcp::contract {

void add_rows(std::vector<Clause>&);
void add_transactions(std::vector<Clause>&);
void add_evaluations(std::vector<Clause>&);
void add_deliveries(std::vector<Clause>&);
void add_secrecy(std::vector<Clause>&);
void add_figures(std::vector<Clause>&);
void add_sharing(std::vector<Clause>&);

}  // namespace hcp::contract
