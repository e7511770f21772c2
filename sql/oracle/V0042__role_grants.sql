-- Who was proposed for which role, who confirmed it and who ended it. No row is deleted.
create table role_grants (
  id number(19) not null,
  staff_id nvarchar2(128) not null,
  role_code number(5) not null check (role_code between 1 and 9),
  department_id nvarchar2(128) not null,
  founding number(5) not null check (founding in (0, 1)),  -- of the first two supervisors
  proposed_by nvarchar2(128) not null,  -- staff id, as those below
  proposed_at_us number(19) not null,
  confirmed_by nvarchar2(128),
  confirmed_at_us number(19),  -- null: it waits, or was never confirmed
  ended_by nvarchar2(128),
  ended_at_us number(19),
  sealed_why blob,
  why_digest raw(32),
  constraint role_grants_pk primary key (id),
  constraint role_grants_person unique (staff_id, id),  -- what one person has is looked up
  constraint role_grants_why unique (why_digest)  -- what lies under the master key is gone through by it
)
