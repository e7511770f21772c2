-- That it is said to be out who rated, and what was decided. No row is deleted.
create table if not exists leak_cases (
  id integer not null primary key,
  evaluation_id integer not null,
  reported_by text not null check (length(reported_by) <= 64),  -- staff id, as the others
  reported_at_us integer not null,
  sealed_occasion blob,  -- under the subject's data key, as the outcome
  occasion_digest blob not null check (length(occasion_digest) = 32),
  finding integer not null check (finding >= 0),  -- 0: not decided
  culprit text check (length(culprit) <= 64),
  sealed_outcome blob,
  outcome_digest blob check (length(outcome_digest) = 32),
  decided_by text check (length(decided_by) <= 64),
  decided_at_us integer  -- null: not yet
)
