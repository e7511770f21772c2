-- Messages owed to the province. A delivered one never changes; a correction is a higher revision.
create table if not exists deliveries (
  id bigint not null,
  dossier_id bigint,
  evaluation_id bigint not null,
  rating_id bigint,
  kind smallint not null check (kind between 1 and 3),  -- 1 service 2 rating 3 withdrawal
  revision int not null check (revision >= 1),
  state smallint not null check (state between 1 and 5),  -- 1 queued 2 claimed 3 delivered 4 held 5 parked
  held_reason smallint not null check (held_reason >= 0),
  waits_for bigint,  -- not claimed before that one is delivered
  attempts int not null check (attempts >= 0),
  outcome_unknown smallint not null check (outcome_unknown in (0, 1)),
  left_by_us bigint,  -- of an unknown outcome: the latest instant it can have left
  denied smallint not null check (denied in (0, 1)),  -- the far end answered that it would not now
  absent_at_us bigint,  -- when the first answer without it that counts was asked for
  leave_by_us bigint,  -- of a claimed one: it does not leave later
  written_at_us bigint,  -- by when the times of what may have left were clamped
  created_at_us bigint not null,
  next_at_us bigint not null,  -- of a claimed one the end of its lease
  give_up_at_us bigint not null,
  delivered_at_us bigint,
  held_since_us bigint,
  last_reason varchar(500),
  sent_digest binary(32),
  claimed_by int,
  constraint deliveries_pk primary key (id),
  constraint deliveries_once unique (evaluation_id, kind, revision),  -- a message is owed once
  constraint deliveries_evaluation_fk foreign key (evaluation_id) references evaluations (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
