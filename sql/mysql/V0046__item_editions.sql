-- The items of the catalogue, an edition a row. Only the state of a row changes, and no row is deleted.
create table if not exists item_editions (
  code varchar(64) not null,  -- as hosts report it
  revision int not null check (revision >= 1),
  state smallint not null check (state between 1 and 3),  -- 1 draft 2 active 3 superseded
  superseded_no int not null,  -- the revision, once it is superseded; else 0
  drafted_by varchar(64) not null,  -- staff id, as the one below
  drafted_at_us bigint not null,
  released_by varchar(64),
  released_at_us bigint,  -- null: it is a draft, or was given up as one
  business varchar(40) not null,  -- the line, in words
  name varchar(200) not null,
  department_id varchar(64) not null,
  area_code varchar(12) not null,
  department_code varchar(18) not null,
  department_name varchar(100) not null,
  task_code varchar(31) not null,
  task_handle_item varchar(33),
  task_type varchar(2) not null,
  project_type varchar(1) not null,
  promise smallint not null check (promise between 1 and 3),  -- 1 on the spot 2 with one visit 3 within the time that follows
  working_hours int not null,
  working_days int not null,
  norms varchar(1000),  -- one a line
  nodes varchar(1000),  -- one a line
  until_day int,  -- its last one, once it is abolished
  constraint item_editions_pk primary key (code, revision),
  constraint item_editions_state unique (code, state, superseded_no)  -- one draft and one active edition at most
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
