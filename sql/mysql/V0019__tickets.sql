-- What a bad review starts.
create table if not exists tickets (
  id bigint not null,
  evaluation_id bigint not null,
  rating_id bigint,
  comment_id bigint,
  state smallint not null check (state >= 1),  -- 1 new
  level_code smallint not null check (level_code between 1 and 5),
  real_name smallint not null check (real_name in (0, 1)),
  received_at_us bigint not null,
  contact_deadline_us bigint,
  rectify_deadline_us bigint,
  constraint tickets_pk primary key (id),
  constraint tickets_rating unique (rating_id),  -- exactly one per bad review
  constraint tickets_comment unique (comment_id),  -- at most one per late comment
  constraint tickets_evaluation_fk foreign key (evaluation_id) references evaluations (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
