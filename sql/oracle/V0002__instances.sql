-- Numbers of the running instances: part of every id, of the counters, and the lane of the ledger.
create table instances (
  instance_no number(10) not null check (instance_no between 1 and 1023),
  token nvarchar2(256) not null,  -- who holds it
  leased_until_us number(19) not null,
  constraint instances_pk primary key (instance_no),  -- a number belongs to one holder
  constraint instances_token unique (token)  -- a holder has one number
)
