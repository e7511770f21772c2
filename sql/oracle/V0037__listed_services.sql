-- What the province listed of a dossier when a person was last asked to say which service is which.
create table listed_services (
  dossier_id number(19) not null,
  service_number number(10) not null,
  service_name nvarchar2(200),  -- both as listed, null where the province tells none
  service_time nvarchar2(80),
  level_code number(5),  -- null where none is told
  listed_at_us number(19) not null,
  surplus number(5) not null check (surplus in (0, 1)),  -- a person has said that it is nothing of ours
  constraint listed_services_pk primary key (dossier_id, service_number),  -- the province numbers within a dossier
  constraint listed_services_dossier_fk foreign key (dossier_id) references dossiers (id)
)
