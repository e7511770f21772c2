-- Project, section and subject as the province knows them.
create table if not exists dossiers (
  id integer not null primary key,
  key_digest blob not null check (length(key_digest) = 32),
  overflow integer not null check (overflow >= 0),
  project_no text not null check (length(project_no) <= 64),  -- the number at the province
  service_count integer not null check (service_count >= 0),
  last_service_delivery integer,  -- the delivery that the next service waits for
  doubled integer not null check (doubled in (0, 1)),  -- the province holds more than was sent: a person must say which
  constraint dossiers_key unique (key_digest, overflow),  -- the province holds 99 services in one dossier, then the next overflow begins
  constraint dossiers_project_no unique (project_no)  -- a number is made once and never reused
)
