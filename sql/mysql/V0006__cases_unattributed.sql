-- The queue of cases without department or handler.
-- Where an index can be partial this one holds only that queue.
create index cases_unattributed on cases (unattributed, withdrawn, secret, secrecy_lifted_at_us)
