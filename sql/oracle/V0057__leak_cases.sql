-- That it is said to be out who rated, and what was decided. No row is deleted.
create table leak_cases (
  id number(19) not null,
  evaluation_id number(19) not null,
  reported_by nvarchar2(128) not null,  -- staff id, as the others
  reported_at_us number(19) not null,
  sealed_occasion blob,  -- under the subject's data key, as the outcome
  occasion_digest raw(32) not null,
  finding number(5) not null check (finding >= 0),  -- 0: not decided
  culprit nvarchar2(128),
  sealed_outcome blob,
  outcome_digest raw(32),
  decided_by nvarchar2(128),
  decided_at_us number(19),  -- null: not yet
  constraint leak_cases_pk primary key (id)
)
