-- What a subject may rate, newest first.
create index if not exists evaluations_by_subject on evaluations (subject_id)
