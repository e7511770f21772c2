-- The queue of cases without department or handler.
create index if not exists cases_unattributed on cases (secret, secrecy_lifted_at_us, withdrawn) where unattributed = 1
