-- The figures, kept in the transactions that change what they count, and summed over the instances.
create table counters (
  completion_day number(10) not null,  -- days since 1970-01-01 in Asia/Shanghai
  line number(10) not null,
  department_id nvarchar2(128) not null,  -- one blank = none
  item_code nvarchar2(128) not null,  -- one blank = none
  metric number(5) not null,
  instance_no number(10) not null,
  n number(19) not null,
  constraint counters_pk primary key (completion_day, line, department_id, item_code, metric, instance_no)  -- each instance changes only its own rows
)
