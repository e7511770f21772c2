-- Who of the centre has signed on, how and until when; of the token there is only a keyed digest. No row is deleted.
create table if not exists staff_sessions (
  id bigint not null,
  token_digest binary(32) not null,
  staff_id varchar(64) not null,
  way_code smallint not null check (way_code between 1 and 9),
  invite_id bigint,  -- the one-time link by which he came
  since_us bigint not null,
  seen_at_us bigint not null,  -- about: written once a minute at most
  idle_ends_at_us bigint not null,
  ends_at_us bigint not null,
  ended_by varchar(64),  -- staff id; null with a time: his place on the roster ended it
  ended_at_us bigint,
  constraint staff_sessions_pk primary key (id),
  constraint staff_sessions_token unique (token_digest),
  constraint staff_sessions_person unique (staff_id, id)  -- what one person has is looked up
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
