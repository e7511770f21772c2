-- What a dossier is made of, in the order of opening.
create index if not exists evaluations_of_dossier on evaluations (dossier_id, service_ordinal)
