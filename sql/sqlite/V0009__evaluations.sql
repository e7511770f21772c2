-- One case and one subject, the question that is open, then answered or defaulted.
create table if not exists evaluations (
  id integer not null primary key,
  case_id integer not null,
  subject_id integer not null,
  dossier_id integer,
  role integer not null,
  state integer not null check (state between 1 and 5),  -- 1 open 2 rated 3 defaulted 4 voided 5 barred
  embargoed integer not null check (embargoed in (0, 1)),  -- until bids are open
  withdrawn integer not null check (withdrawn in (0, 1)),
  opened_at_us integer not null,
  deadline_by_completion_us integer not null,
  deadline_us integer not null,  -- a rating at this instant is late
  provisional integer not null check (provisional in (0, 1)),
  calendar_version text check (length(calendar_version) <= 128),  -- the deadline was counted by
  token_digest blob not null check (length(token_digest) = 32),  -- of the rating link
  sealed_subject blob,
  rating_id integer,  -- the answer in force
  service_ordinal integer not null,
  service_number integer,  -- given by the province, null until learnt
  service_name text check (length(service_name) <= 100),  -- both as sent, null until it first leaves
  service_time text check (length(service_time) <= 40),
  constraint evaluations_once unique (case_id, subject_id),  -- a subject answers a case once
  constraint evaluations_token unique (token_digest),  -- a link opens one evaluation
  constraint evaluations_case_fk foreign key (case_id) references cases (id),
  constraint evaluations_subject_fk foreign key (subject_id) references subjects (id),
  constraint evaluations_dossier_fk foreign key (dossier_id) references dossiers (id)
)
