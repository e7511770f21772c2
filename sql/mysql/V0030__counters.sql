-- The figures, kept in the transactions that change what they count, and summed over the instances.
create table if not exists counters (
  completion_day int not null,  -- days since 1970-01-01 in Asia/Shanghai
  line int not null,
  department_id varchar(64) not null,  -- one blank = none
  item_code varchar(64) not null,  -- one blank = none
  metric smallint not null,
  instance_no int not null,
  n bigint not null,
  constraint counters_pk primary key (completion_day, line, department_id, item_code, metric, instance_no)  -- each instance changes only its own rows
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
