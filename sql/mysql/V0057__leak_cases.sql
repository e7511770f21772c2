-- That it is said to be out who rated, and what was decided. No row is deleted.
create table if not exists leak_cases (
  id bigint not null,
  evaluation_id bigint not null,
  reported_by varchar(64) not null,  -- staff id, as the others
  reported_at_us bigint not null,
  sealed_occasion mediumblob,  -- under the subject's data key, as the outcome
  occasion_digest binary(32) not null,
  finding smallint not null check (finding >= 0),  -- 0: not decided
  culprit varchar(64),
  sealed_outcome mediumblob,
  outcome_digest binary(32),
  decided_by varchar(64),
  decided_at_us bigint,  -- null: not yet
  constraint leak_cases_pk primary key (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
