-- What somebody of the centre is to know or to do, for the inbox at the desk. No row is deleted.
create table if not exists staff_notices (
  id integer not null primary key,
  staff_id text not null check (length(staff_id) <= 64),  -- whose it is
  kind integer not null check (kind >= 1),
  about text not null check (length(about) <= 100),  -- an id or a code, by kind; nothing of a subject's
  caused_by text check (length(caused_by) <= 64),  -- staff id; null: nobody
  made_at_us integer not null,
  read_at_us integer,  -- null: not yet
  told_at_us integer,  -- when the host was asked to message him; null: not yet
  constraint staff_notices_once unique (staff_id, kind, about)
)
