-- What came too late to be a rating.
create table if not exists late_comments (
  id integer not null primary key,
  evaluation_id integer not null,
  level_code integer not null check (level_code between 1 and 5),
  tags text check (length(tags) <= 1000),  -- one code per line
  sealed_text blob,
  text_digest blob check (length(text_digest) = 32),
  channel integer not null,
  request_digest blob check (length(request_digest) = 32),
  received_at_us integer not null,
  constraint late_comments_evaluation_fk foreign key (evaluation_id) references evaluations (id)
)
