-- Who rates. Identities are only here as a keyed digest; the data key dies with an erasure.
create table if not exists subjects (
  id bigint not null,
  lookup binary(32) not null,  -- keyed digest of type and certificate number
  subject_type smallint not null check (subject_type between 1 and 3),
  wrapped_key mediumblob,
  created_at_us bigint not null,
  constraint subjects_pk primary key (id),
  constraint subjects_lookup unique (lookup)  -- one subject per certificate
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
