-- What is due, what waits for what, and what is held, by one index.
-- Where an index can be partial this one leaves out what is delivered.
create index deliveries_undelivered on deliveries (state, waits_for, next_at_us)
