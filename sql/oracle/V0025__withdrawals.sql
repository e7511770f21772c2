-- Revocations, which may come before their completion and wait for it.
create table withdrawals (
  key_digest raw(32) not null,
  host_id varchar2(32),
  case_no varchar2(64),
  completion_no varchar2(32),
  sealed_reason blob,
  withdrawn_at_us number(19) not null,
  stored_at_us number(19) not null,
  constraint withdrawals_pk primary key (key_digest)  -- a completion is revoked once
)
