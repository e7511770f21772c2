-- Items in force, with their codes at the province.
create table items (
  item_code varchar2(64) not null,
  name varchar2(200),
  area_code varchar2(64),
  department_code varchar2(64),
  department_name varchar2(100),
  task_code varchar2(64),
  task_handle_item varchar2(64),
  task_type varchar2(64),
  project_type varchar2(64),
  classified number(5) not null check (classified in (0, 1)),
  constraint items_pk primary key (item_code)  -- one row per item
)
