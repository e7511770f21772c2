-- What left the desk as a file: who took which list when. No row is deleted.
create table if not exists exports (
  id integer not null primary key,
  mark text not null check (length(mark) <= 32),  -- stands in each row of the file
  staff_id text not null check (length(staff_id) <= 64),
  list_code text not null check (length(list_code) <= 32),
  file_form integer not null check (file_form in (1, 2)),  -- CSV, XLSX
  conditions text check (length(conditions) <= 500),  -- what the list was narrowed to; nothing that somebody typed
  row_count integer not null check (row_count >= 0),
  file_digest blob not null check (length(file_digest) = 32),  -- SM3
  made_at_us integer not null,
  constraint exports_mark unique (mark)
)
