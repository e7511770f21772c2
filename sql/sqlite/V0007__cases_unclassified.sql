-- The queue of cases whose item is not known.
create index if not exists cases_unclassified on cases (item_code, secret, secrecy_lifted_at_us, withdrawn) where unclassified = 1
