-- The departments of the centre, an edition a row. Only the state of a row changes, and no row is deleted.
create table departments (
  code nvarchar2(128) not null,  -- as hosts report it
  revision number(10) not null check (revision >= 1),
  state number(5) not null check (state between 1 and 3),  -- 1 draft 2 active 3 superseded
  superseded_no number(10) not null,  -- the revision, once it is superseded; else 0
  drafted_by nvarchar2(128) not null,  -- staff id, as the one below
  drafted_at_us number(19) not null,
  released_by nvarchar2(128),
  released_at_us number(19),  -- null: it is a draft, or was given up as one
  name nvarchar2(200) not null,
  duties nvarchar2(2000) not null,
  province_code nvarchar2(36) not null,
  since_day number(10) not null,  -- days since 1970-01-01 in Asia/Shanghai
  until_day number(10),  -- its last one, once it is abolished
  successor nvarchar2(128),  -- who has its duties then
  constraint departments_pk primary key (code, revision),
  constraint departments_state unique (code, state, superseded_no)  -- one draft and one active edition at most
)
