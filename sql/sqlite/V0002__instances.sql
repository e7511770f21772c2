-- Numbers of the running instances: part of every id, of the counters, and the lane of the ledger.
create table if not exists instances (
  instance_no integer not null check (instance_no between 1 and 1023),
  token text not null check (length(token) <= 128),  -- who holds it
  leased_until_us integer not null,
  constraint instances_pk primary key (instance_no),  -- a number belongs to one holder
  constraint instances_token unique (token)  -- a holder has one number
)
