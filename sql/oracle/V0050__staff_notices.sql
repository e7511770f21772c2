-- What somebody of the centre is to know or to do, for the inbox at the desk. No row is deleted.
create table staff_notices (
  id number(19) not null,
  staff_id nvarchar2(128) not null,  -- whose it is
  kind number(5) not null check (kind >= 1),
  about nvarchar2(200) not null,  -- an id or a code, by kind; nothing of a subject's
  caused_by nvarchar2(128),  -- staff id; null: nobody
  made_at_us number(19) not null,
  read_at_us number(19),  -- null: not yet
  told_at_us number(19),  -- when the host was asked to message him; null: not yet
  constraint staff_notices_pk primary key (id),
  constraint staff_notices_once unique (staff_id, kind, about)
)
