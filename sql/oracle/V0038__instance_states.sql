-- What each instance says of itself whenever it renews its lease, and when it stops.
create table instance_states (
  instance_no number(10) not null check (instance_no between 1 and 1023),
  instance_name nvarchar2(128),
  software_version nvarchar2(80),
  since_us number(19) not null,  -- when it came to its place in the store
  told_at_us number(19) not null,
  stopped_at_us number(19),  -- null while it runs, and of one that was killed
  retired_at_us number(19),  -- by an operator: the number waits for nobody any more
  journal_events number(19) not null check (journal_events >= 0),  -- accepted and not yet here, in hundreds, rounded up
  constraint instance_states_pk primary key (instance_no)  -- each instance has one
)
