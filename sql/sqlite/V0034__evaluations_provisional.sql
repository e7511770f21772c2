-- What a subject may rate whose end nobody knows yet.
create index if not exists evaluations_provisional on evaluations (subject_id, deadline_us) where state = 1 and provisional = 1
