-- Which steps this database has taken. A released file never changes: its SHA-256 is compared at every start.
create table schema_history (
  step number(10) not null,
  name nvarchar2(128) not null,
  checksum nvarchar2(128) not null,  -- SHA-256 of the file, hex
  applied_at_us number(19) not null,
  constraint schema_history_pk primary key (step)  -- a step is taken once
)
