-- What of an accepted completion its host will have got wrong; an evaluation without doubts has no row.
create table if not exists doubts (
  evaluation_id bigint not null,
  number_wrong smallint not null check (number_wrong in (0, 1)),  -- the certificate number by its form or check character
  kind_unknown smallint not null check (kind_unknown in (0, 1)),  -- the kind of certificate is none of the table
  line_unknown smallint not null check (line_unknown in (0, 1)),  -- nor is the business line
  constraint doubts_pk primary key (evaluation_id),  -- an evaluation has one
  constraint doubts_evaluation_fk foreign key (evaluation_id) references evaluations (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
