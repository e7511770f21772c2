-- Bad reviews, each of which owes a ticket.
-- Where an index can be partial this one holds only bad reviews.
create index ratings_bad on ratings (level_code)
