-- What each instance last knew of the time: one whose clock does not fit it settles nothing until an operator confirms the clock.
create table if not exists clock_marks (
  instance_no int not null check (instance_no between 1 and 1023),
  newest_us bigint not null,  -- the latest that its clock showed and was believed
  ahead_since_us bigint,  -- first shown after a jump forward that nobody has confirmed
  confirmed_at_us bigint,  -- what the clock showed when it was confirmed
  constraint clock_marks_pk primary key (instance_no)  -- each instance has one
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
