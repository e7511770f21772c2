-- What came too late to be a rating.
create table late_comments (
  id number(19) not null,
  evaluation_id number(19) not null,
  level_code number(5) not null check (level_code between 1 and 5),
  tags nvarchar2(2000),  -- one code per line
  sealed_text blob,
  text_digest raw(32),
  channel number(5) not null,
  request_digest raw(32),
  received_at_us number(19) not null,
  constraint late_comments_pk primary key (id),
  constraint late_comments_evaluation_fk foreign key (evaluation_id) references evaluations (id)
)
