-- An inbox, newest first.
create index if not exists staff_notices_by_person on staff_notices (staff_id)
