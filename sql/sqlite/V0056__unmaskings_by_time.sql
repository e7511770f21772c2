-- What was seen in a month.
create index if not exists unmaskings_by_time on unmaskings (seen_at_us)
