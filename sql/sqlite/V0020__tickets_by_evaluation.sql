-- The ticket shown with an evaluation.
create index if not exists tickets_by_evaluation on tickets (evaluation_id)
