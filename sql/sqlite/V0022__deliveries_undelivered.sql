-- What is due, what waits for what, and what is held, by one index.
create index if not exists deliveries_undelivered on deliveries (state, waits_for, next_at_us) where state <> 3
