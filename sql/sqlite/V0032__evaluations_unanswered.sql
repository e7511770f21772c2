-- What a subject may rate, by deadline.
create index if not exists evaluations_unanswered on evaluations (subject_id, deadline_us) where state in (1, 3)
