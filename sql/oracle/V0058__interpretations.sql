-- How the centre interprets its rules, in its own words. No row is changed or deleted.
create table interpretations (
  id number(19) not null,
  policy_version nvarchar2(128) not null,
  rule_key nvarchar2(128) not null,  -- as policy.ini names it
  interpretation nvarchar2(2000) not null,
  written_by nvarchar2(128) not null,  -- staff id
  written_at_us number(19) not null,
  constraint interpretations_pk primary key (id)
)
