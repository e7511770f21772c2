-- On-site services.
create table visits (
  id number(19) not null,
  key_digest raw(32) not null,
  host_id nvarchar2(64),
  visit_no nvarchar2(128),
  line number(10) not null,
  visited_at_us number(19) not null,
  window_no nvarchar2(80),
  department_id nvarchar2(128),
  department_name nvarchar2(200),
  item_code nvarchar2(128),
  staff_id nvarchar2(128),
  sealed_subject blob,
  stored_at_us number(19) not null,
  constraint visits_pk primary key (id),
  constraint visits_key unique (key_digest)  -- a visit counts once, however often it is reported
)
