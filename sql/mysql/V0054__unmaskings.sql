-- Who of the centre saw who rated, or his telephone number, and what for. No row is deleted.
create table if not exists unmaskings (
  id bigint not null,
  evaluation_id bigint not null,
  staff_id varchar(64) not null,
  shown smallint not null check (shown in (1, 2)),  -- identity, telephone number
  purpose smallint not null check (purpose >= 1),
  sealed_reason mediumblob,  -- under the subject's data key
  reason_digest binary(32) not null,
  seen_at_us bigint not null,
  constraint unmaskings_pk primary key (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
