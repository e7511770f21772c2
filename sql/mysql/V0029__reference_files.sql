-- Policies, calendars, tags and catalogues as loaded. What the files said is kept by version.
create table if not exists reference_files (
  kind smallint not null check (kind between 1 and 5),  -- 1 policy 2 calendar 3 tags 4 items 5 nodes
  version varchar(128) not null,
  checksum varchar(64) not null,
  content longtext,
  loaded_at_us bigint not null,
  constraint reference_files_pk primary key (kind, version)  -- a version says one thing only
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
