-- Project, section and subject as the province knows them.
create table dossiers (
  id number(19) not null,
  key_digest raw(32) not null,
  overflow number(10) not null check (overflow >= 0),
  project_no nvarchar2(128) not null,  -- the number at the province
  service_count number(10) not null check (service_count >= 0),
  last_service_delivery number(19),  -- the delivery that the next service waits for
  doubled number(5) not null check (doubled in (0, 1)),  -- the province holds more than was sent: a person must say which
  constraint dossiers_pk primary key (id),
  constraint dossiers_key unique (key_digest, overflow),  -- the province holds 99 services in one dossier, then the next overflow begins
  constraint dossiers_project_no unique (project_no)  -- a number is made once and never reused
)
