-- Which are due, oldest deadline first.
create index if not exists evaluations_open on evaluations (deadline_us) where state = 1
