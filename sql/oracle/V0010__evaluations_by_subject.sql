-- What a subject may rate, newest first.
create index evaluations_by_subject on evaluations (subject_id, id)
