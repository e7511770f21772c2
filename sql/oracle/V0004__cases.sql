-- A completed step as reported, frozen.
create table cases (
  id number(19) not null,
  key_digest raw(32) not null,  -- of host, case and completion number
  content_digest raw(32),  -- tells a repeat from another content
  host_id varchar2(32),
  case_no varchar2(64),
  completion_no varchar2(32),
  line number(10) not null,
  project_no varchar2(64),
  section varchar2(64),
  node varchar2(40),
  project_name varchar2(200),
  item_code varchar2(64),
  department_id varchar2(64),
  department_name varchar2(100),
  sealed_handlers blob,
  service_mode number(5) not null check (service_mode between 0 and 2),  -- 0 unknown 1 online 2 on-site
  secret number(5) not null check (secret in (0, 1)),  -- as reported; in force while secrecy_lifted_at_us is null
  unattributed number(5) not null check (unattributed in (0, 1)),
  unclassified number(5) not null check (unclassified in (0, 1)),
  withdrawn number(5) not null check (withdrawn in (0, 1)),
  completed_at_us number(19) not null,
  accepted_at_us number(19),
  promised_at_us number(19),
  secrecy_lifted_at_us number(19),
  withdrawn_at_us number(19),
  opened_at_us number(19) not null,
  policy_version varchar2(64),
  calendar_version varchar2(128),
  constraint cases_pk primary key (id),
  constraint cases_key unique (key_digest)  -- a completion is opened once, however often it is reported
)
