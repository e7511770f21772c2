-- How many deliveries are in which state, kept with every move and summed over the instances, since a count over millions would
-- take seconds.
create table delivery_totals (
  instance_no number(10) not null,
  state number(5) not null,
  n number(19) not null,
  constraint delivery_totals_pk primary key (instance_no, state)  -- each instance changes only its own rows
)
