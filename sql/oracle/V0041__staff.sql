-- The roster, a version a row: who comes later of one person takes over from its beginning on. No row is deleted, nor changed but by a new master key.
create table staff (
  staff_id nvarchar2(128) not null,
  revision number(10) not null check (revision >= 1),
  sealed_name blob,
  name_digest raw(32) not null,
  department_id nvarchar2(128) not null,
  windows nvarchar2(2000),  -- one a line
  since_us number(19) not null,
  until_us number(19),  -- null: nobody knows of an end
  roster_no number(10) not null check (roster_no >= 1),  -- the import that brought it
  loaded_by nvarchar2(128) not null,  -- staff id
  loaded_at_us number(19) not null,
  constraint staff_pk primary key (staff_id, revision),
  constraint staff_name unique (name_digest)  -- what lies under the master key is gone through by it
)
