-- What no figure and no listing may show.
-- Where an index can be partial this one holds only embargoed evaluations.
create index evaluations_embargoed on evaluations (embargoed, state)
