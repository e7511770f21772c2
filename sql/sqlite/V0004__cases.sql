-- A completed step as reported, frozen.
create table if not exists cases (
  id integer not null primary key,
  key_digest blob not null check (length(key_digest) = 32),  -- of host, case and completion number
  content_digest blob check (length(content_digest) = 32),  -- tells a repeat from another content
  host_id text check (length(host_id) <= 32),
  case_no text check (length(case_no) <= 64),
  completion_no text check (length(completion_no) <= 32),
  line integer not null,
  project_no text check (length(project_no) <= 64),
  section text check (length(section) <= 64),
  node text check (length(node) <= 40),
  project_name text check (length(project_name) <= 200),
  item_code text check (length(item_code) <= 64),
  department_id text check (length(department_id) <= 64),
  department_name text check (length(department_name) <= 100),
  sealed_handlers blob,
  service_mode integer not null check (service_mode between 0 and 2),  -- 0 unknown 1 online 2 on-site
  secret integer not null check (secret in (0, 1)),  -- as reported; in force while secrecy_lifted_at_us is null
  unattributed integer not null check (unattributed in (0, 1)),
  unclassified integer not null check (unclassified in (0, 1)),
  withdrawn integer not null check (withdrawn in (0, 1)),
  completed_at_us integer not null,
  accepted_at_us integer,
  promised_at_us integer,
  secrecy_lifted_at_us integer,
  withdrawn_at_us integer,
  opened_at_us integer not null,
  policy_version text check (length(policy_version) <= 64),
  calendar_version text check (length(calendar_version) <= 128),
  constraint cases_key unique (key_digest)  -- a completion is opened once, however often it is reported
)
