-- What an opening of bids lifts, and the age of the oldest secret.
-- Where an index can be partial this one holds only what is still secret.
create index cases_secret on cases (secret, secrecy_lifted_at_us, project_no)
