-- How an item is done, an edition a row. Only the state of a row changes, and no row is deleted.
create table if not exists guides (
  code varchar(64) not null,  -- of the item
  revision int not null check (revision >= 1),
  state smallint not null check (state between 1 and 3),  -- 1 draft 2 active 3 superseded
  superseded_no int not null,  -- the revision, once it is superseded; else 0
  drafted_by varchar(64) not null,  -- staff id, as the one below
  drafted_at_us bigint not null,
  released_by varchar(64),
  released_at_us bigint,  -- null: it is a draft, or was given up as one
  version varchar(40) not null,  -- as people name it
  effective_day int not null,  -- days since 1970-01-01 in Asia/Shanghai
  owner varchar(100) not null,  -- a post
  changelog varchar(1000) not null,
  elements longtext not null,  -- one a line, in the order of domain/catalogue.hpp
  constraint guides_pk primary key (code, revision),
  constraint guides_state unique (code, state, superseded_no)  -- one draft and one active edition at most
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
