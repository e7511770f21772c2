#include "tests/contract/store/clauses.hpp"

namespace hcp::contract {

std::vector<Clause> store_clauses() {
    std::vector<Clause> all;
    for (const auto add :
         {add_attributions,  add_cases,           add_catalogue,  add_clock_marks, add_comments,    add_deliveries,
          add_dossiers,      add_doubts,          add_drafts,     add_editions,    add_evaluations, add_exports,
          add_figures,       add_interpretations, add_leak_cases, add_ledger,      add_notices,     add_openings,
          add_presences,     add_ratings,         add_references, add_role_grants, add_seals,       add_staff,
          add_staff_invites, add_staff_sessions,  add_subjects,   add_tickets,     add_unmaskings,  add_visits,
          add_instances,     add_secrecy,         add_sharing,    add_transactions})
        add(all);
    return all;
}

}  // namespace hcp::contract
