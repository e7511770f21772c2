-- What was tapped so far on an open evaluation.
create table drafts (
  evaluation_id number(19) not null,
  level_code number(5) not null check (level_code between 1 and 5),
  tags nvarchar2(2000),  -- one code per line
  sealed_text blob,
  channel number(5) not null,
  last_tapped_at_us number(19) not null,
  changed_at_us number(19) not null,
  constraint drafts_pk primary key (evaluation_id),  -- an evaluation has one draft
  constraint drafts_evaluation_fk foreign key (evaluation_id) references evaluations (id)
)
