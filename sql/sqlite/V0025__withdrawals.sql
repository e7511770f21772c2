-- Revocations, which may come before their completion and wait for it.
create table if not exists withdrawals (
  key_digest blob not null check (length(key_digest) = 32),
  host_id text check (length(host_id) <= 32),
  case_no text check (length(case_no) <= 64),
  completion_no text check (length(completion_no) <= 32),
  sealed_reason blob,
  withdrawn_at_us integer not null,
  stored_at_us integer not null,
  constraint withdrawals_pk primary key (key_digest)  -- a completion is revoked once
) without rowid
