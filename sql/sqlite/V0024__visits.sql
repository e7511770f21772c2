-- On-site services.
create table if not exists visits (
  id integer not null primary key,
  key_digest blob not null check (length(key_digest) = 32),
  host_id text check (length(host_id) <= 32),
  visit_no text check (length(visit_no) <= 64),
  line integer not null,
  visited_at_us integer not null,
  window_no text check (length(window_no) <= 40),
  department_id text check (length(department_id) <= 64),
  department_name text check (length(department_name) <= 100),
  item_code text check (length(item_code) <= 64),
  staff_id text check (length(staff_id) <= 64),
  sealed_subject blob,
  stored_at_us integer not null,
  constraint visits_key unique (key_digest)  -- a visit counts once, however often it is reported
)
