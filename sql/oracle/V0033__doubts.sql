-- What of an accepted completion its host will have got wrong; an evaluation without doubts has no row.
create table doubts (
  evaluation_id number(19) not null,
  number_wrong number(5) not null check (number_wrong in (0, 1)),  -- the certificate number by its form or check character
  kind_unknown number(5) not null check (kind_unknown in (0, 1)),  -- the kind of certificate is none of the table
  line_unknown number(5) not null check (line_unknown in (0, 1)),  -- nor is the business line
  constraint doubts_pk primary key (evaluation_id),  -- an evaluation has one
  constraint doubts_evaluation_fk foreign key (evaluation_id) references evaluations (id)
)
