-- On-site services.
create table visits (
  id number(19) not null,
  key_digest raw(32) not null,
  host_id varchar2(32),
  visit_no varchar2(64),
  line number(10) not null,
  visited_at_us number(19) not null,
  window_no varchar2(40),
  department_id varchar2(64),
  department_name varchar2(100),
  item_code varchar2(64),
  staff_id varchar2(64),
  sealed_subject blob,
  stored_at_us number(19) not null,
  constraint visits_pk primary key (id),
  constraint visits_key unique (key_digest)  -- a visit counts once, however often it is reported
)
