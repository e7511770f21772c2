-- Working days on which nobody could have rated: they count in no window.
create table lost_days (
  lost_day number(10) not null,  -- days since 1970-01-01 in Asia/Shanghai
  noted_at_us number(19) not null,
  constraint lost_days_pk primary key (lost_day)  -- a day is lost once
)
