-- Messages owed to the province. A delivered one never changes; a correction is a higher revision.
create table if not exists deliveries (
  id integer not null primary key,
  dossier_id integer,
  evaluation_id integer not null,
  rating_id integer,
  kind integer not null check (kind between 1 and 3),  -- 1 service 2 rating 3 withdrawal
  revision integer not null check (revision >= 1),
  state integer not null check (state between 1 and 5),  -- 1 queued 2 claimed 3 delivered 4 held 5 parked
  held_reason integer not null check (held_reason >= 0),
  waits_for integer,  -- not claimed before that one is delivered
  attempts integer not null check (attempts >= 0),
  outcome_unknown integer not null check (outcome_unknown in (0, 1)),
  left_by_us integer,  -- of an unknown outcome: the latest instant it can have left
  denied integer not null check (denied in (0, 1)),  -- the far end answered that it would not now
  absent_at_us integer,  -- when the first answer without it that counts was asked for
  leave_by_us integer,  -- of a claimed one: it does not leave later
  written_at_us integer,  -- by when the times of what may have left were clamped
  created_at_us integer not null,
  next_at_us integer not null,  -- of a claimed one the end of its lease
  give_up_at_us integer not null,
  delivered_at_us integer,
  held_since_us integer,
  last_reason text check (length(last_reason) <= 500),
  sent_digest blob check (length(sent_digest) = 32),
  claimed_by integer,
  constraint deliveries_once unique (evaluation_id, kind, revision),  -- a message is owed once
  constraint deliveries_evaluation_fk foreign key (evaluation_id) references evaluations (id)
)
