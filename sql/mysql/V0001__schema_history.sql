-- Which steps this database has taken. A released file never changes: its SHA-256 is compared at every start.
create table if not exists schema_history (
  step int not null,
  name varchar(64) not null,
  checksum varchar(64) not null,  -- SHA-256 of the file, hex
  applied_at_us bigint not null,
  constraint schema_history_pk primary key (step)  -- a step is taken once
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
