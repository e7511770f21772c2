-- From when until when each instance ran with the store in reach and there was an entrance to rate by.
create table if not exists presences (
  instance_no int not null check (instance_no between 1 and 1023),
  from_us bigint not null,
  until_us bigint not null,
  asked_at_us bigint,  -- when the host last asked for a link, a list or a rating
  constraint presences_pk primary key (instance_no, from_us)  -- each instance has one at a time
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
