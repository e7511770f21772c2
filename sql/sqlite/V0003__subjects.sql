-- Who rates. Identities are only here as a keyed digest; the data key dies with an erasure.
create table if not exists subjects (
  id integer not null primary key,
  lookup blob not null check (length(lookup) = 32),  -- keyed digest of type and certificate number
  subject_type integer not null check (subject_type between 1 and 3),
  wrapped_key blob,
  created_at_us integer not null,
  constraint subjects_lookup unique (lookup)  -- one subject per certificate
)
