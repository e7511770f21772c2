-- What the province listed of a dossier when a person was last asked to say which service is which.
create table if not exists listed_services (
  dossier_id bigint not null,
  service_number int not null,
  service_name varchar(100),  -- both as listed, null where the province tells none
  service_time varchar(40),
  level_code smallint,  -- null where none is told
  listed_at_us bigint not null,
  surplus smallint not null check (surplus in (0, 1)),  -- a person has said that it is nothing of ours
  constraint listed_services_pk primary key (dossier_id, service_number),  -- the province numbers within a dossier
  constraint listed_services_dossier_fk foreign key (dossier_id) references dossiers (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
