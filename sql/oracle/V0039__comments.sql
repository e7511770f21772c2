-- What is said of an evaluation that takes no rating any more: one comment, whose revisions stay. late_comments is what was said before there were any.
create table comments (
  id number(19) not null,
  evaluation_id number(19) not null,
  revision number(10) not null check (revision >= 1),
  level_code number(5) check (level_code between 1 and 5),  -- null: words alone
  tags nvarchar2(2000),  -- one code per line
  sealed_text blob,
  text_digest raw(32),
  channel number(5) not null,
  request_digest raw(32),
  received_at_us number(19) not null,
  constraint comments_pk primary key (id),
  constraint comments_revision unique (evaluation_id, revision),
  constraint comments_evaluation_fk foreign key (evaluation_id) references evaluations (id)
)
