-- The items of the catalogue, an edition a row. Only the state of a row changes, and no row is deleted.
create table if not exists item_editions (
  code text not null check (length(code) <= 64),  -- as hosts report it
  revision integer not null check (revision >= 1),
  state integer not null check (state between 1 and 3),  -- 1 draft 2 active 3 superseded
  superseded_no integer not null,  -- the revision, once it is superseded; else 0
  drafted_by text not null check (length(drafted_by) <= 64),  -- staff id, as the one below
  drafted_at_us integer not null,
  released_by text check (length(released_by) <= 64),
  released_at_us integer,  -- null: it is a draft, or was given up as one
  business text not null check (length(business) <= 40),  -- the line, in words
  name text not null check (length(name) <= 200),
  department_id text not null check (length(department_id) <= 64),
  area_code text not null check (length(area_code) <= 12),
  department_code text not null check (length(department_code) <= 18),
  department_name text not null check (length(department_name) <= 100),
  task_code text not null check (length(task_code) <= 31),
  task_handle_item text check (length(task_handle_item) <= 33),
  task_type text not null check (length(task_type) <= 2),
  project_type text not null check (length(project_type) <= 1),
  promise integer not null check (promise between 1 and 3),  -- 1 on the spot 2 with one visit 3 within the time that follows
  working_hours integer not null,
  working_days integer not null,
  norms text check (length(norms) <= 1000),  -- one a line
  nodes text check (length(nodes) <= 1000),  -- one a line
  until_day integer,  -- its last one, once it is abolished
  constraint item_editions_pk primary key (code, revision),
  constraint item_editions_state unique (code, state, superseded_no)  -- one draft and one active edition at most
)
