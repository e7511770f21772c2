-- What was tapped so far on an open evaluation.
create table if not exists drafts (
  evaluation_id bigint not null,
  level_code smallint not null check (level_code between 1 and 5),
  tags varchar(1000),  -- one code per line
  sealed_text mediumblob,
  channel smallint not null,
  last_tapped_at_us bigint not null,
  changed_at_us bigint not null,
  constraint drafts_pk primary key (evaluation_id),  -- an evaluation has one draft
  constraint drafts_evaluation_fk foreign key (evaluation_id) references evaluations (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
