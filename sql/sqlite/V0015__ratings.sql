-- Answers. Rows here never change.
create table if not exists ratings (
  id integer not null primary key,
  evaluation_id integer not null,
  revision integer not null check (revision >= 1),
  origin integer not null check (origin between 1 and 2),  -- 1 authored 2 default
  level_code integer not null check (level_code between 1 and 5),
  tags text check (length(tags) <= 1000),  -- one code per line
  sealed_text blob,
  text_digest blob check (length(text_digest) = 32),
  channel integer not null,
  incomplete integer not null check (incomplete in (0, 1)),
  unsubmitted integer not null check (unsubmitted in (0, 1)),
  real_name integer not null check (real_name in (0, 1)),
  request_digest blob check (length(request_digest) = 32),
  received_at_us integer not null,
  stored_at_us integer not null,
  ledger_lane integer not null,
  ledger_seq integer not null,
  constraint ratings_revision unique (evaluation_id, revision),  -- a timely rating that replaces a default is the next revision
  constraint ratings_evaluation_fk foreign key (evaluation_id) references evaluations (id)
)
