-- Policies, calendars, tags and catalogues as loaded. What the files said is kept by version.
create table reference_files (
  kind number(5) not null check (kind between 1 and 5),  -- 1 policy 2 calendar 3 tags 4 items 5 nodes
  version nvarchar2(256) not null,
  checksum nvarchar2(128) not null,
  content nclob,
  loaded_at_us number(19) not null,
  constraint reference_files_pk primary key (kind, version)  -- a version says one thing only
)
