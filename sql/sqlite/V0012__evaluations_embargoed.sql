-- What no figure and no listing may show.
create index if not exists evaluations_embargoed on evaluations (state) where embargoed = 1
