-- What was tapped so far on an open evaluation.
create table if not exists drafts (
  evaluation_id integer not null,
  level_code integer not null check (level_code between 1 and 5),
  tags text check (length(tags) <= 1000),  -- one code per line
  sealed_text blob,
  channel integer not null,
  last_tapped_at_us integer not null,
  changed_at_us integer not null,
  constraint drafts_pk primary key (evaluation_id),  -- an evaluation has one draft
  constraint drafts_evaluation_fk foreign key (evaluation_id) references evaluations (id)
)
