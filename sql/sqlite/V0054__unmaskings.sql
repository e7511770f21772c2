-- Who of the centre saw who rated, or his telephone number, and what for. No row is deleted.
create table if not exists unmaskings (
  id integer not null primary key,
  evaluation_id integer not null,
  staff_id text not null check (length(staff_id) <= 64),
  shown integer not null check (shown in (1, 2)),  -- identity, telephone number
  purpose integer not null check (purpose >= 1),
  sealed_reason blob,  -- under the subject's data key
  reason_digest blob not null check (length(reason_digest) = 32),
  seen_at_us integer not null
)
