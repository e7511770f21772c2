-- The figures, kept in the transactions that change what they count, and summed over the instances.
create table if not exists counters (
  completion_day integer not null,  -- days since 1970-01-01 in Asia/Shanghai
  line integer not null,
  department_id text not null check (length(department_id) <= 64),  -- one blank = none
  item_code text not null check (length(item_code) <= 64),  -- one blank = none
  metric integer not null,
  instance_no integer not null,
  n integer not null,
  constraint counters_pk primary key (completion_day, line, department_id, item_code, metric, instance_no)  -- each instance changes only its own rows
) without rowid
