#include "tests/contract/clauses.hpp"

namespace hcp::contract {

std::vector<Clause> store_clauses() {
    std::vector<Clause> all;
    add_rows(all);
    add_transactions(all);
    add_evaluations(all);
    add_deliveries(all);
    add_secrecy(all);
    add_figures(all);
    add_sharing(all);
    return all;
}

}  // namespace hcp::contract
