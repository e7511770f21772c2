-- Project, section and subject as the province knows them.
create table if not exists dossiers (
  id bigint not null,
  key_digest binary(32) not null,
  overflow int not null check (overflow >= 0),
  project_no varchar(64) not null,  -- the number at the province
  service_count int not null check (service_count >= 0),
  last_service_delivery bigint,  -- the delivery that the next service waits for
  doubled smallint not null check (doubled in (0, 1)),  -- the province holds more than was sent: a person must say which
  constraint dossiers_pk primary key (id),
  constraint dossiers_key unique (key_digest, overflow),  -- the province holds 99 services in one dossier, then the next overflow begins
  constraint dossiers_project_no unique (project_no)  -- a number is made once and never reused
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
