-- Items in force, with their codes at the province.
create table if not exists items (
  item_code varchar(64) not null,
  name varchar(200),
  area_code varchar(64),
  department_code varchar(64),
  department_name varchar(100),
  task_code varchar(64),
  task_handle_item varchar(64),
  task_type varchar(64),
  project_type varchar(64),
  classified smallint not null check (classified in (0, 1)),
  constraint items_pk primary key (item_code)  -- one row per item
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
