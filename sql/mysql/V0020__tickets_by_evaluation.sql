-- The ticket shown with an evaluation.
create index tickets_by_evaluation on tickets (evaluation_id)
