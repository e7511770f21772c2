-- What an opening of bids lifts, and the age of the oldest secret.
create index if not exists cases_secret on cases (project_no) where secret = 1 and secrecy_lifted_at_us is null
