-- What each instance says of itself whenever it renews its lease, and when it stops.
create table if not exists instance_states (
  instance_no integer not null check (instance_no between 1 and 1023),
  instance_name text check (length(instance_name) <= 64),
  software_version text check (length(software_version) <= 40),
  since_us integer not null,  -- when it came to its place in the store
  told_at_us integer not null,
  stopped_at_us integer,  -- null while it runs, and of one that was killed
  retired_at_us integer,  -- by an operator: the number waits for nobody any more
  journal_events integer not null check (journal_events >= 0),  -- accepted and not yet here, in hundreds, rounded up
  constraint instance_states_pk primary key (instance_no)  -- each instance has one
)
