-- Working days on which nobody could have rated: they count in no window.
create table if not exists lost_days (
  lost_day int not null,  -- days since 1970-01-01 in Asia/Shanghai
  noted_at_us bigint not null,
  constraint lost_days_pk primary key (lost_day)  -- a day is lost once
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
