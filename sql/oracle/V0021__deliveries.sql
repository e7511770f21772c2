-- Messages owed to the province. A delivered one never changes; a correction is a higher revision.
create table deliveries (
  id number(19) not null,
  dossier_id number(19),
  evaluation_id number(19) not null,
  rating_id number(19),
  kind number(5) not null check (kind between 1 and 3),  -- 1 service 2 rating 3 withdrawal
  revision number(10) not null check (revision >= 1),
  state number(5) not null check (state between 1 and 5),  -- 1 queued 2 claimed 3 delivered 4 held 5 parked
  held_reason number(5) not null check (held_reason >= 0),
  waits_for number(19),  -- not claimed before that one is delivered
  attempts number(10) not null check (attempts >= 0),
  outcome_unknown number(5) not null check (outcome_unknown in (0, 1)),
  left_by_us number(19),  -- of an unknown outcome: the latest instant it can have left
  denied number(5) not null check (denied in (0, 1)),  -- the far end answered that it would not now
  absent_at_us number(19),  -- when the first answer without it that counts was asked for
  leave_by_us number(19),  -- of a claimed one: it does not leave later
  written_at_us number(19),  -- by when the times of what may have left were clamped
  created_at_us number(19) not null,
  next_at_us number(19) not null,  -- of a claimed one the end of its lease
  give_up_at_us number(19) not null,
  delivered_at_us number(19),
  held_since_us number(19),
  last_reason nvarchar2(1000),
  sent_digest raw(32),
  claimed_by number(10),
  constraint deliveries_pk primary key (id),
  constraint deliveries_once unique (evaluation_id, kind, revision),  -- a message is owed once
  constraint deliveries_evaluation_fk foreign key (evaluation_id) references evaluations (id)
)
