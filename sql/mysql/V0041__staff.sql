-- The roster, a version a row: who comes later of one person takes over from its beginning on. No row is deleted, nor changed but by a new master key.
create table if not exists staff (
  staff_id varchar(64) not null,
  revision int not null check (revision >= 1),
  sealed_name mediumblob,
  name_digest binary(32) not null,
  department_id varchar(64) not null,
  windows varchar(1000),  -- one a line
  since_us bigint not null,
  until_us bigint,  -- null: nobody knows of an end
  roster_no int not null check (roster_no >= 1),  -- the import that brought it
  loaded_by varchar(64) not null,  -- staff id
  loaded_at_us bigint not null,
  constraint staff_pk primary key (staff_id, revision),
  constraint staff_name unique (name_digest)  -- what lies under the master key is gone through by it
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
