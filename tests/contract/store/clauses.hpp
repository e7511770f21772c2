#pragma once
#include "tests/contract/store/store_contract.hpp"

namespace hcp::contract {

// One file a subject.
void add_attributions(std::vector<Clause>&);
void add_cases(std::vector<Clause>&);
void add_catalogue(std::vector<Clause>&);
void add_clock_marks(std::vector<Clause>&);
void add_presences(std::vector<Clause>&);
void add_comments(std::vector<Clause>&);
void add_deliveries(std::vector<Clause>&);
void add_dossiers(std::vector<Clause>&);
void add_doubts(std::vector<Clause>&);
void add_drafts(std::vector<Clause>&);
void add_editions(std::vector<Clause>&);
void add_evaluations(std::vector<Clause>&);
void add_exports(std::vector<Clause>&);
void add_figures(std::vector<Clause>&);
void add_interpretations(std::vector<Clause>&);
void add_leak_cases(std::vector<Clause>&);
void add_ledger(std::vector<Clause>&);
void add_notices(std::vector<Clause>&);
void add_openings(std::vector<Clause>&);
void add_ratings(std::vector<Clause>&);
void add_references(std::vector<Clause>&);
void add_role_grants(std::vector<Clause>&);
void add_seals(std::vector<Clause>&);
void add_staff(std::vector<Clause>&);
void add_staff_invites(std::vector<Clause>&);
void add_staff_sessions(std::vector<Clause>&);
void add_subjects(std::vector<Clause>&);
void add_tickets(std::vector<Clause>&);
void add_unmaskings(std::vector<Clause>&);
void add_visits(std::vector<Clause>&);
// What concerns them all.
void add_instances(std::vector<Clause>&);
void add_secrecy(std::vector<Clause>&);
void add_sharing(std::vector<Clause>&);
void add_transactions(std::vector<Clause>&);

}  // namespace hcp::contract
