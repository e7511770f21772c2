-- Which service numbers of a dossier are taken.
-- Where an index can be partial this one holds only learnt numbers.
create index evaluations_numbered on evaluations (dossier_id, service_number)
