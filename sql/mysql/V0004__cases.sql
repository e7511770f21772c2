-- A completed step as reported, frozen.
create table if not exists cases (
  id bigint not null,
  key_digest binary(32) not null,  -- of host, case and completion number
  content_digest binary(32),  -- tells a repeat from another content
  host_id varchar(32),
  case_no varchar(64),
  completion_no varchar(32),
  line int not null,
  project_no varchar(64),
  section varchar(64),
  node varchar(40),
  project_name varchar(200),
  item_code varchar(64),
  department_id varchar(64),
  department_name varchar(100),
  sealed_handlers mediumblob,
  service_mode smallint not null check (service_mode between 0 and 2),  -- 0 unknown 1 online 2 on-site
  secret smallint not null check (secret in (0, 1)),  -- as reported; in force while secrecy_lifted_at_us is null
  unattributed smallint not null check (unattributed in (0, 1)),
  unclassified smallint not null check (unclassified in (0, 1)),
  withdrawn smallint not null check (withdrawn in (0, 1)),
  completed_at_us bigint not null,
  accepted_at_us bigint,
  promised_at_us bigint,
  secrecy_lifted_at_us bigint,
  withdrawn_at_us bigint,
  opened_at_us bigint not null,
  policy_version varchar(64),
  calendar_version varchar(128),
  constraint cases_pk primary key (id),
  constraint cases_key unique (key_digest)  -- a completion is opened once, however often it is reported
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
