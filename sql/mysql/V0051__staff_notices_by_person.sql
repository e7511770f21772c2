-- An inbox, newest first.
create index staff_notices_by_person on staff_notices (staff_id, id)
