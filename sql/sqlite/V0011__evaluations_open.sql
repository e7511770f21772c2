-- Which are due, oldest deadline first.
create index if not exists evaluations_open on evaluations (provisional, deadline_us) where state = 1
