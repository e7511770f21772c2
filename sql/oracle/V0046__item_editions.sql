-- The items of the catalogue, an edition a row. Only the state of a row changes, and no row is deleted.
create table item_editions (
  code nvarchar2(128) not null,  -- as hosts report it
  revision number(10) not null check (revision >= 1),
  state number(5) not null check (state between 1 and 3),  -- 1 draft 2 active 3 superseded
  superseded_no number(10) not null,  -- the revision, once it is superseded; else 0
  drafted_by nvarchar2(128) not null,  -- staff id, as the one below
  drafted_at_us number(19) not null,
  released_by nvarchar2(128),
  released_at_us number(19),  -- null: it is a draft, or was given up as one
  business nvarchar2(80) not null,  -- the line, in words
  name nvarchar2(400) not null,
  department_id nvarchar2(128) not null,
  area_code nvarchar2(24) not null,
  department_code nvarchar2(36) not null,
  department_name nvarchar2(200) not null,
  task_code nvarchar2(62) not null,
  task_handle_item nvarchar2(66),
  task_type nvarchar2(4) not null,
  project_type nvarchar2(2) not null,
  promise number(5) not null check (promise between 1 and 3),  -- 1 on the spot 2 with one visit 3 within the time that follows
  working_hours number(10) not null,
  working_days number(10) not null,
  norms nvarchar2(2000),  -- one a line
  nodes nvarchar2(2000),  -- one a line
  until_day number(10),  -- its last one, once it is abolished
  constraint item_editions_pk primary key (code, revision),
  constraint item_editions_state unique (code, state, superseded_no)  -- one draft and one active edition at most
)
