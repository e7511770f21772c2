-- Who rates. Identities are only here as a keyed digest; the data key dies with an erasure.
create table subjects (
  id number(19) not null,
  lookup raw(32) not null,  -- keyed digest of type and certificate number
  subject_type number(5) not null check (subject_type between 1 and 3),
  wrapped_key blob,
  created_at_us number(19) not null,
  constraint subjects_pk primary key (id),
  constraint subjects_lookup unique (lookup)  -- one subject per certificate
)
