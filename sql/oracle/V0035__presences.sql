-- From when until when each instance ran with the store in reach and there was an entrance to rate by.
create table presences (
  instance_no number(10) not null check (instance_no between 1 and 1023),
  from_us number(19) not null,
  until_us number(19) not null,
  asked_at_us number(19),  -- when the host last asked for a link, a list or a rating
  constraint presences_pk primary key (instance_no, from_us)  -- each instance has one at a time
)
