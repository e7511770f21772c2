-- How the centre interprets its rules, in its own words. No row is changed or deleted.
create table if not exists interpretations (
  id bigint not null,
  policy_version varchar(64) not null,
  rule_key varchar(64) not null,  -- as policy.ini names it
  interpretation varchar(1000) not null,
  written_by varchar(64) not null,  -- staff id
  written_at_us bigint not null,
  constraint interpretations_pk primary key (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
