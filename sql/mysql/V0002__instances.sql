-- Numbers of the running instances: part of every id, of the counters, and the lane of the ledger.
create table if not exists instances (
  instance_no int not null check (instance_no between 1 and 1023),
  token varchar(128) not null,  -- who holds it
  leased_until_us bigint not null,
  constraint instances_pk primary key (instance_no),  -- a number belongs to one holder
  constraint instances_token unique (token)  -- a holder has one number
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
