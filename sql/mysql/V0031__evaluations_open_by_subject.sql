-- What a subject may rate, by deadline.
-- Where an index can be partial this one holds only open evaluations.
create index evaluations_open_by_subject on evaluations (subject_id, state, deadline_us, id)
