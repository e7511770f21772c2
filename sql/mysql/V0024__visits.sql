-- On-site services.
create table if not exists visits (
  id bigint not null,
  key_digest binary(32) not null,
  host_id varchar(32),
  visit_no varchar(64),
  line int not null,
  visited_at_us bigint not null,
  window_no varchar(40),
  department_id varchar(64),
  department_name varchar(100),
  item_code varchar(64),
  staff_id varchar(64),
  sealed_subject mediumblob,
  stored_at_us bigint not null,
  constraint visits_pk primary key (id),
  constraint visits_key unique (key_digest)  -- a visit counts once, however often it is reported
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
