-- What somebody of the centre is to know or to do, for the inbox at the desk. No row is deleted.
create table if not exists staff_notices (
  id bigint not null,
  staff_id varchar(64) not null,  -- whose it is
  kind smallint not null check (kind >= 1),
  about varchar(100) not null,  -- an id or a code, by kind; nothing of a subject's
  caused_by varchar(64),  -- staff id; null: nobody
  made_at_us bigint not null,
  read_at_us bigint,  -- null: not yet
  told_at_us bigint,  -- when the host was asked to message him; null: not yet
  constraint staff_notices_pk primary key (id),
  constraint staff_notices_once unique (staff_id, kind, about)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
