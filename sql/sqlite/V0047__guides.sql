-- How an item is done, an edition a row. Only the state of a row changes, and no row is deleted.
create table if not exists guides (
  code text not null check (length(code) <= 64),  -- of the item
  revision integer not null check (revision >= 1),
  state integer not null check (state between 1 and 3),  -- 1 draft 2 active 3 superseded
  superseded_no integer not null,  -- the revision, once it is superseded; else 0
  drafted_by text not null check (length(drafted_by) <= 64),  -- staff id, as the one below
  drafted_at_us integer not null,
  released_by text check (length(released_by) <= 64),
  released_at_us integer,  -- null: it is a draft, or was given up as one
  version text not null check (length(version) <= 40),  -- as people name it
  effective_day integer not null,  -- days since 1970-01-01 in Asia/Shanghai
  owner text not null check (length(owner) <= 100),  -- a post
  changelog text not null check (length(changelog) <= 1000),
  elements text not null,  -- one a line, in the order of domain/catalogue.hpp
  constraint guides_pk primary key (code, revision),
  constraint guides_state unique (code, state, superseded_no)  -- one draft and one active edition at most
)
