-- Append-only chains, two lanes per instance: n, and 1024 + n for what is under bid secrecy.
create table if not exists ledger (
  lane int not null,
  seq bigint not null check (seq >= 1),  -- without gaps
  kind smallint not null,
  at_us bigint not null,
  canonical mediumblob not null,
  hash binary(32) not null,  -- SM3 of the previous hash and the canonical entry
  seal binary(32) not null,  -- HMAC-SM3 of the hash under the ledger key, which is not in the database
  constraint ledger_pk primary key (lane, seq)  -- a place in a lane is taken once
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
