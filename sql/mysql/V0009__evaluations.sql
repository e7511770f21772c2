-- One case and one subject, the question that is open, then answered or defaulted.
create table if not exists evaluations (
  id bigint not null,
  case_id bigint not null,
  subject_id bigint not null,
  dossier_id bigint,
  role int not null,
  state smallint not null check (state between 1 and 5),  -- 1 open 2 rated 3 defaulted 4 voided 5 barred
  embargoed smallint not null check (embargoed in (0, 1)),  -- until bids are open
  withdrawn smallint not null check (withdrawn in (0, 1)),
  opened_at_us bigint not null,
  deadline_by_completion_us bigint not null,
  deadline_us bigint not null,  -- a rating at this instant is late
  provisional smallint not null check (provisional in (0, 1)),
  calendar_version varchar(128),  -- the deadline was counted by
  token_digest binary(32) not null,  -- of the rating link
  sealed_subject mediumblob,
  rating_id bigint,  -- the answer in force
  service_ordinal int not null,
  service_number int,  -- given by the province, null until learnt
  service_name varchar(100),  -- both as sent, null until it first leaves
  service_time varchar(40),
  constraint evaluations_pk primary key (id),
  constraint evaluations_once unique (case_id, subject_id),  -- a subject answers a case once
  constraint evaluations_token unique (token_digest),  -- a link opens one evaluation
  constraint evaluations_case_fk foreign key (case_id) references cases (id),
  constraint evaluations_subject_fk foreign key (subject_id) references subjects (id),
  constraint evaluations_dossier_fk foreign key (dossier_id) references dossiers (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
