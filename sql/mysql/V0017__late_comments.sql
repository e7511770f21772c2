-- What came too late to be a rating.
create table if not exists late_comments (
  id bigint not null,
  evaluation_id bigint not null,
  level_code smallint not null check (level_code between 1 and 5),
  tags varchar(1000),  -- one code per line
  sealed_text mediumblob,
  text_digest binary(32),
  channel smallint not null,
  request_digest binary(32),
  received_at_us bigint not null,
  constraint late_comments_pk primary key (id),
  constraint late_comments_evaluation_fk foreign key (evaluation_id) references evaluations (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
