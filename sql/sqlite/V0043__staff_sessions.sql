-- Who of the centre has signed on, how and until when; of the token there is only a keyed digest. No row is deleted.
create table if not exists staff_sessions (
  id integer not null primary key,
  token_digest blob not null check (length(token_digest) = 32),
  staff_id text not null check (length(staff_id) <= 64),
  way_code integer not null check (way_code between 1 and 9),
  invite_id integer,  -- the one-time link by which he came
  since_us integer not null,
  seen_at_us integer not null,  -- about: written once a minute at most
  idle_ends_at_us integer not null,
  ends_at_us integer not null,
  ended_by text check (length(ended_by) <= 64),  -- staff id; null with a time: his place on the roster ended it
  ended_at_us integer,
  constraint staff_sessions_token unique (token_digest),
  constraint staff_sessions_person unique (staff_id, id)  -- what one person has is looked up
)
