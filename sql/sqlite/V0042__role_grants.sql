-- Who was proposed for which role, who confirmed it and who ended it. No row is deleted.
create table if not exists role_grants (
  id integer not null primary key,
  staff_id text not null check (length(staff_id) <= 64),
  role_code integer not null check (role_code between 1 and 9),
  department_id text not null check (length(department_id) <= 64),
  founding integer not null check (founding in (0, 1)),  -- of the first two supervisors
  proposed_by text not null check (length(proposed_by) <= 64),  -- staff id, as those below
  proposed_at_us integer not null,
  confirmed_by text check (length(confirmed_by) <= 64),
  confirmed_at_us integer,  -- null: it waits, or was never confirmed
  ended_by text check (length(ended_by) <= 64),
  ended_at_us integer,
  sealed_why blob,
  why_digest blob check (length(why_digest) = 32),
  constraint role_grants_person unique (staff_id, id),  -- what one person has is looked up
  constraint role_grants_why unique (why_digest)  -- what lies under the master key is gone through by it
)
