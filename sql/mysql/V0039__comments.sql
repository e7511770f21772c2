-- What is said of an evaluation that takes no rating any more: one comment, whose revisions stay. late_comments is what was said before there were any.
create table if not exists comments (
  id bigint not null,
  evaluation_id bigint not null,
  revision int not null check (revision >= 1),
  level_code smallint check (level_code between 1 and 5),  -- null: words alone
  tags varchar(1000),  -- one code per line
  sealed_text mediumblob,
  text_digest binary(32),
  channel smallint not null,
  request_digest binary(32),
  received_at_us bigint not null,
  constraint comments_pk primary key (id),
  constraint comments_revision unique (evaluation_id, revision),
  constraint comments_evaluation_fk foreign key (evaluation_id) references evaluations (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
