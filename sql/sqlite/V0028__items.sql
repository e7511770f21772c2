-- Items in force, with their codes at the province.
create table if not exists items (
  item_code text not null check (length(item_code) <= 64),
  name text check (length(name) <= 200),
  area_code text check (length(area_code) <= 64),
  department_code text check (length(department_code) <= 64),
  department_name text check (length(department_name) <= 100),
  task_code text check (length(task_code) <= 64),
  task_handle_item text check (length(task_handle_item) <= 64),
  task_type text check (length(task_type) <= 64),
  project_type text check (length(project_type) <= 64),
  classified integer not null check (classified in (0, 1)),
  constraint items_pk primary key (item_code)  -- one row per item
) without rowid
