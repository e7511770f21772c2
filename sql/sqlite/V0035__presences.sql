-- From when until when each instance ran with the store in reach and there was an entrance to rate by.
create table if not exists presences (
  instance_no integer not null check (instance_no between 1 and 1023),
  from_us integer not null,
  until_us integer not null,
  asked_at_us integer,  -- when the host last asked for a link, a list or a rating
  constraint presences_pk primary key (instance_no, from_us)  -- each instance has one at a time
)
