-- What a subject may rate, by deadline.
create index if not exists evaluations_open_by_subject on evaluations (subject_id, deadline_us) where state = 1
