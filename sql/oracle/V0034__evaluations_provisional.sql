-- What a subject may rate whose end nobody knows yet.
-- Where an index can be partial this one holds only open evaluations with a provisional deadline.
create index evaluations_provisional on evaluations (subject_id, state, provisional, deadline_us, id)
