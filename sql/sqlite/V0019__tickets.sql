-- What a bad review starts.
create table if not exists tickets (
  id integer not null primary key,
  evaluation_id integer not null,
  rating_id integer,
  comment_id integer,
  state integer not null check (state >= 1),  -- 1 new
  level_code integer not null check (level_code between 1 and 5),
  real_name integer not null check (real_name in (0, 1)),
  received_at_us integer not null,
  contact_deadline_us integer,
  rectify_deadline_us integer,
  constraint tickets_rating unique (rating_id),  -- exactly one per bad review
  constraint tickets_comment unique (comment_id),  -- at most one per late comment
  constraint tickets_evaluation_fk foreign key (evaluation_id) references evaluations (id)
)
