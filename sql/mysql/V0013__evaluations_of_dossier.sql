-- What a dossier is made of, in the order of opening.
create index evaluations_of_dossier on evaluations (dossier_id, service_ordinal)
