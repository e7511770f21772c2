-- Policies, calendars, tags and catalogues as loaded. What the files said is kept by version.
create table if not exists reference_files (
  kind integer not null check (kind between 1 and 5),  -- 1 policy 2 calendar 3 tags 4 items 5 nodes
  version text not null check (length(version) <= 128),
  checksum text not null check (length(checksum) <= 64),
  content text,
  loaded_at_us integer not null,
  constraint reference_files_pk primary key (kind, version)  -- a version says one thing only
)
