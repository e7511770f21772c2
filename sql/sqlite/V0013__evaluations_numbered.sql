-- Which service numbers of a dossier are taken.
create index if not exists evaluations_numbered on evaluations (dossier_id, service_number) where service_number is not null
