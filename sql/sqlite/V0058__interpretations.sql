-- How the centre interprets its rules, in its own words. No row is changed or deleted.
create table if not exists interpretations (
  id integer not null primary key,
  policy_version text not null check (length(policy_version) <= 64),
  rule_key text not null check (length(rule_key) <= 64),  -- as policy.ini names it
  interpretation text not null check (length(interpretation) <= 1000),
  written_by text not null check (length(written_by) <= 64),  -- staff id
  written_at_us integer not null
)
