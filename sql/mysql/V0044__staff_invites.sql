-- One-time links by which somebody of the centre may sign on; of the token there is only a keyed digest. No row is deleted.
create table if not exists staff_invites (
  id bigint not null,
  token_digest binary(32) not null,
  staff_id varchar(64) not null,
  made_by varchar(64) not null,  -- staff id
  made_at_us bigint not null,
  until_us bigint not null,
  used_at_us bigint,  -- null: nobody has used it
  constraint staff_invites_pk primary key (id),
  constraint staff_invites_token unique (token_digest)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin
