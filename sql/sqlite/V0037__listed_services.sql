-- What the province listed of a dossier when a person was last asked to say which service is which.
create table if not exists listed_services (
  dossier_id integer not null,
  service_number integer not null,
  service_name text check (length(service_name) <= 100),  -- both as listed, null where the province tells none
  service_time text check (length(service_time) <= 40),
  level_code integer,  -- null where none is told
  listed_at_us integer not null,
  surplus integer not null check (surplus in (0, 1)),  -- a person has said that it is nothing of ours
  constraint listed_services_pk primary key (dossier_id, service_number),  -- the province numbers within a dossier
  constraint listed_services_dossier_fk foreign key (dossier_id) references dossiers (id)
) without rowid
