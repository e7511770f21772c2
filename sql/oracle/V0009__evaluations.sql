-- One case and one subject, the question that is open, then answered or defaulted.
create table evaluations (
  id number(19) not null,
  case_id number(19) not null,
  subject_id number(19) not null,
  dossier_id number(19),
  role number(10) not null,
  state number(5) not null check (state between 1 and 5),  -- 1 open 2 rated 3 defaulted 4 voided 5 barred
  embargoed number(5) not null check (embargoed in (0, 1)),  -- until bids are open
  withdrawn number(5) not null check (withdrawn in (0, 1)),
  opened_at_us number(19) not null,
  deadline_by_completion_us number(19) not null,
  deadline_us number(19) not null,  -- a rating at this instant is late
  provisional number(5) not null check (provisional in (0, 1)),
  calendar_version nvarchar2(256),  -- the deadline was counted by
  token_digest raw(32) not null,  -- of the rating link
  sealed_subject blob,
  rating_id number(19),  -- the answer in force
  service_ordinal number(10) not null,
  service_number number(10),  -- given by the province, null until learnt
  service_name nvarchar2(200),  -- both as sent, null until it first leaves
  service_time nvarchar2(80),
  constraint evaluations_pk primary key (id),
  constraint evaluations_once unique (case_id, subject_id),  -- a subject answers a case once
  constraint evaluations_token unique (token_digest),  -- a link opens one evaluation
  constraint evaluations_case_fk foreign key (case_id) references cases (id),
  constraint evaluations_subject_fk foreign key (subject_id) references subjects (id),
  constraint evaluations_dossier_fk foreign key (dossier_id) references dossiers (id)
)
