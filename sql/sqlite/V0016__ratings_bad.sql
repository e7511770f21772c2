-- Bad reviews, each of which owes a ticket.
create index if not exists ratings_bad on ratings (evaluation_id) where level_code <= 2
