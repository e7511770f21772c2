-- Answers. Rows here never change.
create table ratings (
  id number(19) not null,
  evaluation_id number(19) not null,
  revision number(10) not null check (revision >= 1),
  origin number(5) not null check (origin between 1 and 2),  -- 1 authored 2 default
  level_code number(5) not null check (level_code between 1 and 5),
  tags nvarchar2(2000),  -- one code per line
  sealed_text blob,
  text_digest raw(32),
  channel number(5) not null,
  incomplete number(5) not null check (incomplete in (0, 1)),
  unsubmitted number(5) not null check (unsubmitted in (0, 1)),
  real_name number(5) not null check (real_name in (0, 1)),
  request_digest raw(32),
  received_at_us number(19) not null,
  stored_at_us number(19) not null,
  ledger_lane number(10) not null,
  ledger_seq number(19) not null,
  constraint ratings_pk primary key (id),
  constraint ratings_revision unique (evaluation_id, revision),  -- a timely rating that replaces a default is the next revision
  constraint ratings_evaluation_fk foreign key (evaluation_id) references evaluations (id)
)
