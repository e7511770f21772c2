-- What is said of an evaluation that takes no rating any more: one comment, whose revisions stay. late_comments is what was said before there were any.
create table if not exists comments (
  id integer not null primary key,
  evaluation_id integer not null,
  revision integer not null check (revision >= 1),
  level_code integer check (level_code between 1 and 5),  -- null: words alone
  tags text check (length(tags) <= 1000),  -- one code per line
  sealed_text blob,
  text_digest blob check (length(text_digest) = 32),
  channel integer not null,
  request_digest blob check (length(request_digest) = 32),
  received_at_us integer not null,
  constraint comments_revision unique (evaluation_id, revision),
  constraint comments_evaluation_fk foreign key (evaluation_id) references evaluations (id)
)
