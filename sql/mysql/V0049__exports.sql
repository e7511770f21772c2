-- What left the desk as a file: who took which list when. No row is deleted.
create table if not exists exports (
  id bigint not null,
  mark varchar(32) not null,  -- stands in each row of the file
  staff_id varchar(64) not null,
  list_code varchar(32) not null,
  file_form smallint not null check (file_form in (1, 2)),  -- CSV, XLSX
  conditions varchar(500),  -- what the list was narrowed to; nothing that somebody typed
  row_count bigint not null check (row_count >= 0),
  file_digest binary(32) not null,  -- SM3
  made_at_us bigint not null,
  constraint exports_pk primary key (id),
  constraint exports_mark unique (mark)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
