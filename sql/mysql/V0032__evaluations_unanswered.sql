-- What a subject may rate, by deadline.
-- Where an index can be partial this one holds only evaluations that are open or defaulted.
create index evaluations_unanswered on evaluations (subject_id, state, deadline_us, id)
