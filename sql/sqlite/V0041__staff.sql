-- The roster, a version a row: who comes later of one person takes over from its beginning on. No row is deleted, nor changed but by a new master key.
create table if not exists staff (
  staff_id text not null check (length(staff_id) <= 64),
  revision integer not null check (revision >= 1),
  sealed_name blob,
  name_digest blob not null check (length(name_digest) = 32),
  department_id text not null check (length(department_id) <= 64),
  windows text check (length(windows) <= 1000),  -- one a line
  since_us integer not null,
  until_us integer,  -- null: nobody knows of an end
  roster_no integer not null check (roster_no >= 1),  -- the import that brought it
  loaded_by text not null check (length(loaded_by) <= 64),  -- staff id
  loaded_at_us integer not null,
  constraint staff_pk primary key (staff_id, revision),
  constraint staff_name unique (name_digest)  -- what lies under the master key is gone through by it
)
