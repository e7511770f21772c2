-- How an item is done, an edition a row. Only the state of a row changes, and no row is deleted.
create table guides (
  code nvarchar2(128) not null,  -- of the item
  revision number(10) not null check (revision >= 1),
  state number(5) not null check (state between 1 and 3),  -- 1 draft 2 active 3 superseded
  superseded_no number(10) not null,  -- the revision, once it is superseded; else 0
  drafted_by nvarchar2(128) not null,  -- staff id, as the one below
  drafted_at_us number(19) not null,
  released_by nvarchar2(128),
  released_at_us number(19),  -- null: it is a draft, or was given up as one
  version nvarchar2(80) not null,  -- as people name it
  effective_day number(10) not null,  -- days since 1970-01-01 in Asia/Shanghai
  owner nvarchar2(200) not null,  -- a post
  changelog nvarchar2(2000) not null,
  elements nclob not null,  -- one a line, in the order of domain/catalogue.hpp
  constraint guides_pk primary key (code, revision),
  constraint guides_state unique (code, state, superseded_no)  -- one draft and one active edition at most
)
