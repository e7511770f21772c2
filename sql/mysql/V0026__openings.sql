-- Whose bids are open, so that a completion that arrives later is not secret any more.
create table if not exists openings (
  project_no varchar(64) not null,
  section varchar(64) not null,  -- one blank = the whole project
  opened_at_us bigint not null,
  stored_at_us bigint not null,
  constraint openings_pk primary key (project_no, section, opened_at_us)  -- a round of bids is opened once
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
