#pragma once
#include <array>
#include <cstddef>
#include <string>

namespace hcp::store {

// Every statement the store runs, by name. A dialect gives the text of each; parameters are `?` in the order of their
// values. `@list`, always the last parameter, stands for as many as a list of keys needs.
enum class Sql : std::size_t {
    // batches of rows
    insert_subject,
    insert_case,
    insert_evaluation,
    insert_rating,
    insert_ticket,
    insert_comment,
    insert_dossier,
    insert_delivery,
    insert_visit,
    insert_withdrawal,
    insert_opening,
    insert_ledger,
    insert_reference,
    add_count,
    add_total,
    put_item,
    put_draft,
    update_dossier,
    // looked up by key
    subjects_by_lookup,
    cases_by_key,
    dossiers_by_key,
    withdrawals_by_key,
    visits_by_key,
    openings_by_project,
    items,
    ticket_of,
    comment_by_request,
    comments_of,
    // evaluations with what belongs to them
    views_of_case,
    views_by_token,
    view_of_case_and_subject,
    views_of_subject,
    views_due,
    views_open_after,
    views_after,
    views_by_id,
    // figures
    totals,
    figures,
    counts,
    recounted,
    // deliveries
    deliveries_after,
    deliveries_of_state,
    deliveries_delivered,
    delivery_by_id,
    next_delivery_at,
    claimable,
    claim,
    works,
    numbers_taken,
    expire_claims,
    mark_delivery,
    learn_number,
    release_waiting,
    wait_no_more,
    requeue_held,
    requeue_one,
    requeue_classified,
    // moves of evaluations and cases
    move_evaluation,
    drop_drafts,
    withdraw_case,
    extend_evaluation,
    set_calendar,
    secret_cases,
    lift_cases,
    embargoed_of_cases,
    lift_evaluations,
    lift_deliveries,
    // the rest
    ledger_heads,
    ledger_after,
    ratings_after,
    references_of,
    instances,
    lease_instance,
    count_,
};

using StatementTable = std::array<std::string, static_cast<std::size_t>(Sql::count_)>;

}  // namespace hcp::store
