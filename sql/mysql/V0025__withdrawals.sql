-- Revocations, which may come before their completion and wait for it.
create table if not exists withdrawals (
  key_digest binary(32) not null,
  host_id varchar(32),
  case_no varchar(64),
  completion_no varchar(32),
  sealed_reason mediumblob,
  withdrawn_at_us bigint not null,
  stored_at_us bigint not null,
  constraint withdrawals_pk primary key (key_digest)  -- a completion is revoked once
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
