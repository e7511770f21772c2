-- Who of the centre saw who rated, or his telephone number, and what for. No row is deleted.
create table unmaskings (
  id number(19) not null,
  evaluation_id number(19) not null,
  staff_id nvarchar2(128) not null,
  shown number(5) not null check (shown in (1, 2)),  -- identity, telephone number
  purpose number(5) not null check (purpose >= 1),
  sealed_reason blob,  -- under the subject's data key
  reason_digest raw(32) not null,
  seen_at_us number(19) not null,
  constraint unmaskings_pk primary key (id)
)
