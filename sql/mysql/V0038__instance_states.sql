-- What each instance says of itself whenever it renews its lease, and when it stops.
create table if not exists instance_states (
  instance_no int not null check (instance_no between 1 and 1023),
  instance_name varchar(64),
  software_version varchar(40),
  since_us bigint not null,  -- when it came to its place in the store
  told_at_us bigint not null,
  stopped_at_us bigint,  -- null while it runs, and of one that was killed
  retired_at_us bigint,  -- by an operator: the number waits for nobody any more
  journal_events bigint not null check (journal_events >= 0),  -- accepted and not yet here, in hundreds, rounded up
  constraint instance_states_pk primary key (instance_no)  -- each instance has one
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
