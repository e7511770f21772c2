-- The queue of cases whose item is not known.
-- Where an index can be partial this one holds only that queue.
create index cases_unclassified on cases (unclassified, item_code, withdrawn, secret, secrecy_lifted_at_us)
