-- The departments of the centre, an edition a row. Only the state of a row changes, and no row is deleted.
create table if not exists departments (
  code text not null check (length(code) <= 64),  -- as hosts report it
  revision integer not null check (revision >= 1),
  state integer not null check (state between 1 and 3),  -- 1 draft 2 active 3 superseded
  superseded_no integer not null,  -- the revision, once it is superseded; else 0
  drafted_by text not null check (length(drafted_by) <= 64),  -- staff id, as the one below
  drafted_at_us integer not null,
  released_by text check (length(released_by) <= 64),
  released_at_us integer,  -- null: it is a draft, or was given up as one
  name text not null check (length(name) <= 100),
  duties text not null check (length(duties) <= 1000),
  province_code text not null check (length(province_code) <= 18),
  since_day integer not null,  -- days since 1970-01-01 in Asia/Shanghai
  until_day integer,  -- its last one, once it is abolished
  successor text check (length(successor) <= 64),  -- who has its duties then
  constraint departments_pk primary key (code, revision),
  constraint departments_state unique (code, state, superseded_no)  -- one draft and one active edition at most
)
