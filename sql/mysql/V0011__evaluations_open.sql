-- Which are due, oldest deadline first.
-- Where an index can be partial this one holds only open evaluations.
create index evaluations_open on evaluations (state, provisional, deadline_us)
