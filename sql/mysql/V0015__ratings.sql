-- Answers. Rows here never change.
create table if not exists ratings (
  id bigint not null,
  evaluation_id bigint not null,
  revision int not null check (revision >= 1),
  origin smallint not null check (origin between 1 and 2),  -- 1 authored 2 default
  level_code smallint not null check (level_code between 1 and 5),
  tags varchar(1000),  -- one code per line
  sealed_text mediumblob,
  text_digest binary(32),
  channel smallint not null,
  incomplete smallint not null check (incomplete in (0, 1)),
  unsubmitted smallint not null check (unsubmitted in (0, 1)),
  real_name smallint not null check (real_name in (0, 1)),
  request_digest binary(32),
  received_at_us bigint not null,
  stored_at_us bigint not null,
  ledger_lane int not null,
  ledger_seq bigint not null,
  constraint ratings_pk primary key (id),
  constraint ratings_revision unique (evaluation_id, revision),  -- a timely rating that replaces a default is the next revision
  constraint ratings_evaluation_fk foreign key (evaluation_id) references evaluations (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
