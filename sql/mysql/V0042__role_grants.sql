-- Who was proposed for which role, who confirmed it and who ended it. No row is deleted.
create table if not exists role_grants (
  id bigint not null,
  staff_id varchar(64) not null,
  role_code smallint not null check (role_code between 1 and 9),
  department_id varchar(64) not null,
  founding smallint not null check (founding in (0, 1)),  -- of the first two supervisors
  proposed_by varchar(64) not null,  -- staff id, as those below
  proposed_at_us bigint not null,
  confirmed_by varchar(64),
  confirmed_at_us bigint,  -- null: it waits, or was never confirmed
  ended_by varchar(64),
  ended_at_us bigint,
  sealed_why mediumblob,
  why_digest binary(32),
  constraint role_grants_pk primary key (id),
  constraint role_grants_person unique (staff_id, id),  -- what one person has is looked up
  constraint role_grants_why unique (why_digest)  -- what lies under the master key is gone through by it
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
