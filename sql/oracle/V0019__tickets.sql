-- What a bad review starts.
create table tickets (
  id number(19) not null,
  evaluation_id number(19) not null,
  rating_id number(19),
  comment_id number(19),
  state number(5) not null check (state >= 1),  -- 1 new
  level_code number(5) not null check (level_code between 1 and 5),
  real_name number(5) not null check (real_name in (0, 1)),
  received_at_us number(19) not null,
  contact_deadline_us number(19),
  rectify_deadline_us number(19),
  constraint tickets_pk primary key (id),
  constraint tickets_rating unique (rating_id),  -- exactly one per bad review
  constraint tickets_comment unique (comment_id),  -- at most one per late comment
  constraint tickets_evaluation_fk foreign key (evaluation_id) references evaluations (id)
)
