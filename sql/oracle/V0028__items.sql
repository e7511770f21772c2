-- Items in force, with their codes at the province.
create table items (
  item_code nvarchar2(128) not null,
  name nvarchar2(400),
  area_code nvarchar2(128),
  department_code nvarchar2(128),
  department_name nvarchar2(200),
  task_code nvarchar2(128),
  task_handle_item nvarchar2(128),
  task_type nvarchar2(128),
  project_type nvarchar2(128),
  classified number(5) not null check (classified in (0, 1)),
  constraint items_pk primary key (item_code)  -- one row per item
)
