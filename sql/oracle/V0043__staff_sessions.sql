-- Who of the centre has signed on, how and until when; of the token there is only a keyed digest. No row is deleted.
create table staff_sessions (
  id number(19) not null,
  token_digest raw(32) not null,
  staff_id nvarchar2(128) not null,
  way_code number(5) not null check (way_code between 1 and 9),
  invite_id number(19),  -- the one-time link by which he came
  since_us number(19) not null,
  seen_at_us number(19) not null,  -- about: written once a minute at most
  idle_ends_at_us number(19) not null,
  ends_at_us number(19) not null,
  ended_by nvarchar2(128),  -- staff id; null with a time: his place on the roster ended it
  ended_at_us number(19),
  constraint staff_sessions_pk primary key (id),
  constraint staff_sessions_token unique (token_digest),
  constraint staff_sessions_person unique (staff_id, id)  -- what one person has is looked up
)
