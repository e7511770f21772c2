-- Whose bids are open, so that a completion that arrives later is not secret any more.
create table if not exists openings (
  project_no text not null check (length(project_no) <= 64),
  section text not null check (length(section) <= 64),  -- one blank = the whole project
  opened_at_us integer not null,
  stored_at_us integer not null,
  constraint openings_pk primary key (project_no, section, opened_at_us)  -- a round of bids is opened once
) without rowid
