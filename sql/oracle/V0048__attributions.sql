-- Whose a case is and what was done, said by the centre after the host. No row is deleted.
create table attributions (
  id number(19) not null,
  case_id number(19) not null,
  revision number(10) not null check (revision >= 1),  -- per case, in the order in which they were proposed
  item_code nvarchar2(128),
  department_id nvarchar2(128),
  department_name nvarchar2(200),
  handlers nvarchar2(2000),  -- staff ids, one a line; null: those whom the host named
  sealed_reason blob,
  reason_digest raw(32) not null,
  proposed_by nvarchar2(128) not null,  -- staff id, as the one below
  proposed_at_us number(19) not null,
  signed_by nvarchar2(128),
  effective_at_us number(19),  -- null: it waits for a second signature, or another came before it
  constraint attributions_pk primary key (id),
  constraint attributions_case unique (case_id, revision),
  constraint attributions_reason unique (reason_digest)  -- what lies under the master key is gone through by it
)
