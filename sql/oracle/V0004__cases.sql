-- A completed step as reported, frozen.
create table cases (
  id number(19) not null,
  key_digest raw(32) not null,  -- of host, case and completion number
  content_digest raw(32),  -- tells a repeat from another content
  host_id nvarchar2(64),
  case_no nvarchar2(128),
  completion_no nvarchar2(64),
  line number(10) not null,
  project_no nvarchar2(128),
  section nvarchar2(128),
  node nvarchar2(80),
  project_name nvarchar2(400),
  item_code nvarchar2(128),
  department_id nvarchar2(128),
  department_name nvarchar2(200),
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
  policy_version nvarchar2(128),
  calendar_version nvarchar2(256),
  constraint cases_pk primary key (id),
  constraint cases_key unique (key_digest)  -- a completion is opened once, however often it is reported
)
