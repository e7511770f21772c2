create table if not exists next_things (
  id bigint not null,
  case_id bigint not null,
  constraint next_things_pk primary key (id),
  constraint next_things_case_fk foreign key (case_id) references cases (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
