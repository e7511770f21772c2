-- Whose bids are open, so that a completion that arrives later is not secret any more.
create table openings (
  project_no nvarchar2(128) not null,
  section nvarchar2(128) not null,  -- one blank = the whole project
  opened_at_us number(19) not null,
  stored_at_us number(19) not null,
  constraint openings_pk primary key (project_no, section, opened_at_us)  -- a round of bids is opened once
)
