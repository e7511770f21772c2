-- How many deliveries are in which state, kept with every move and summed over the instances, since a count over millions would
-- take seconds.
create table if not exists delivery_totals (
  instance_no int not null,
  state smallint not null,
  n bigint not null,
  constraint delivery_totals_pk primary key (instance_no, state)  -- each instance changes only its own rows
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
