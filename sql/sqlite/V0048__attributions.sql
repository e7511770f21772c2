-- Whose a case is and what was done, said by the centre after the host. No row is deleted.
create table if not exists attributions (
  id integer not null primary key,
  case_id integer not null,
  revision integer not null check (revision >= 1),  -- per case, in the order in which they were proposed
  item_code text check (length(item_code) <= 64),
  department_id text check (length(department_id) <= 64),
  department_name text check (length(department_name) <= 100),
  handlers text check (length(handlers) <= 1000),  -- staff ids, one a line; null: those whom the host named
  sealed_reason blob,
  reason_digest blob not null check (length(reason_digest) = 32),
  proposed_by text not null check (length(proposed_by) <= 64),  -- staff id, as the one below
  proposed_at_us integer not null,
  signed_by text check (length(signed_by) <= 64),
  effective_at_us integer,  -- null: it waits for a second signature, or another came before it
  constraint attributions_case unique (case_id, revision),
  constraint attributions_reason unique (reason_digest)  -- what lies under the master key is gone through by it
)
