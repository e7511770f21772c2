-- Revocations, which may come before their completion and wait for it.
create table withdrawals (
  key_digest raw(32) not null,
  host_id nvarchar2(64),
  case_no nvarchar2(128),
  completion_no nvarchar2(64),
  sealed_reason blob,
  withdrawn_at_us number(19) not null,
  stored_at_us number(19) not null,
  constraint withdrawals_pk primary key (key_digest)  -- a completion is revoked once
)
