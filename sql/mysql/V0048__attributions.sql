-- Whose a case is and what was done, said by the centre after the host. No row is deleted.
create table if not exists attributions (
  id bigint not null,
  case_id bigint not null,
  revision int not null check (revision >= 1),  -- per case, in the order in which they were proposed
  item_code varchar(64),
  department_id varchar(64),
  department_name varchar(100),
  handlers varchar(1000),  -- staff ids, one a line; null: those whom the host named
  sealed_reason mediumblob,
  reason_digest binary(32) not null,
  proposed_by varchar(64) not null,  -- staff id, as the one below
  proposed_at_us bigint not null,
  signed_by varchar(64),
  effective_at_us bigint,  -- null: it waits for a second signature, or another came before it
  constraint attributions_pk primary key (id),
  constraint attributions_case unique (case_id, revision),
  constraint attributions_reason unique (reason_digest)  -- what lies under the master key is gone through by it
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
