-- Who saw the identity of an evaluation.
create index if not exists unmaskings_by_evaluation on unmaskings (evaluation_id)
