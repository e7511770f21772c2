-- Append-only chains, two lanes per instance: n, and 1024 + n for what is under bid secrecy.
create table if not exists ledger (
  lane integer not null,
  seq integer not null check (seq >= 1),  -- without gaps
  kind integer not null,
  at_us integer not null,
  canonical blob not null,
  hash blob not null check (length(hash) = 32),  -- SM3 of the previous hash and the canonical entry
  seal blob not null check (length(seal) = 32),  -- HMAC-SM3 of the hash under the ledger key, which is not in the database
  constraint ledger_pk primary key (lane, seq)  -- a place in a lane is taken once
) without rowid
