-- Who saw the identity of an evaluation.
create index unmaskings_by_evaluation on unmaskings (evaluation_id)
