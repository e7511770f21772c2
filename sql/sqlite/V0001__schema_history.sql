-- Which steps this database has taken. A released file never changes: its SHA-256 is compared at every start.
create table if not exists schema_history (
  step integer not null,
  name text not null check (length(name) <= 64),
  checksum text not null check (length(checksum) <= 64),  -- SHA-256 of the file, hex
  applied_at_us integer not null,
  constraint schema_history_pk primary key (step)  -- a step is taken once
)
