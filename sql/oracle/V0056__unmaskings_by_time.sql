-- What was seen in a month.
create index unmaskings_by_time on unmaskings (seen_at_us)
