-- Append-only chains, two lanes per instance: n, and 1024 + n for what is under bid secrecy.
create table ledger (
  lane number(10) not null,
  seq number(19) not null check (seq >= 1),  -- without gaps
  kind number(5) not null,
  at_us number(19) not null,
  canonical blob not null,
  hash raw(32) not null,  -- SM3 of the previous hash and the canonical entry
  seal raw(32) not null,  -- HMAC-SM3 of the hash under the ledger key, which is not in the database
  constraint ledger_pk primary key (lane, seq)  -- a place in a lane is taken once
)
