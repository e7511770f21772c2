-- What left the desk as a file: who took which list when. No row is deleted.
create table exports (
  id number(19) not null,
  mark nvarchar2(64) not null,  -- stands in each row of the file
  staff_id nvarchar2(128) not null,
  list_code nvarchar2(64) not null,
  file_form number(5) not null check (file_form in (1, 2)),  -- CSV, XLSX
  conditions nvarchar2(1000),  -- what the list was narrowed to; nothing that somebody typed
  row_count number(19) not null check (row_count >= 0),
  file_digest raw(32) not null,  -- SM3
  made_at_us number(19) not null,
  constraint exports_pk primary key (id),
  constraint exports_mark unique (mark)
)
